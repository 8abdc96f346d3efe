package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.decode.BeamSettings.Normalisation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Beam search over the sequences of a trie: what it returns is in the trie and let through by the mask, always. Beams share
 * their prompt's keys and values; prompts of one call go through the model together. Nothing of a checkpoint's
 * generation settings takes part. Thread-safe.
 *
 * <p>A step costs one pass of {@code prompts * beams} rows and O(children) a beam. Over legal tokens, a token without an
 * alternative has probability one and costs nothing: it is fed together with the next one that has.
 */
public final class BeamSearch {
    private final Decoder decoder;
    private final BeamSettings settings;

    /** The decoder stays the caller's. */
    public BeamSearch(Decoder decoder, BeamSettings settings) {
        this.decoder = decoder;
        this.settings = settings;
    }

    /**
     * Searches for several prompts at once.
     *
     * @param prompts parts that follow each other, for each prompt
     * @param mask what may be returned
     * @return for each prompt its best items, best first, each once; fewer than there are beams if fewer are allowed
     * @throws BadConfig if a prompt is empty, the trie has tokens beyond the vocabulary, or prompt and sequence are longer
     *     than the model reads
     */
    public List<List<Beam>> search(List<List<Input>> prompts, TrieMask mask) {
        TokenTrie trie = mask.trie();
        check(prompts, trie);
        if (prompts.isEmpty()) {
            return List.of();
        }
        int capacity = prompts.size() * settings.beams() * (trie.depth() - 1);
        for (List<Input> prompt : prompts) {
            capacity += prompt.stream().mapToInt(Input::length).sum();
        }
        try (DecodeSession session = decoder.open(Math.max(1, capacity))) {
            List<BeamGroup> groups = prefill(session, prompts, mask);
            for (int level = 0; level < trie.depth(); level++) {
                if (level > 0) {
                    feed(session, groups);
                }
                score(session, groups, trie, level);
            }
            return groups.stream().map(BeamGroup::best).toList();
        }
    }

    private static void feed(DecodeSession session, List<BeamGroup> groups) {
        List<Branch> branches = new ArrayList<>();
        groups.forEach(group -> group.addBranches(branches));
        if (!branches.isEmpty()) {
            int[] nodes = session.feed(branches);
            groups.forEach(group -> group.fed(nodes));
        }
    }

    private List<BeamGroup> prefill(DecodeSession session, List<List<Input>> prompts, TrieMask mask) {
        int[] nodes = new int[prompts.size()];
        Arrays.fill(nodes, DecodeSession.ROOT);
        int parts = prompts.stream().mapToInt(List::size).max().orElse(0);
        // Parts are aligned at the end, so that every prompt's last part is in the last feed.
        for (int part = parts; part > 0; part--) {
            List<Branch> branches = new ArrayList<>();
            List<Integer> whose = new ArrayList<>();
            for (int p = 0; p < nodes.length; p++) {
                List<Input> prompt = prompts.get(p);
                if (prompt.size() >= part) {
                    branches.add(Branch.of(nodes[p], prompt.get(prompt.size() - part)));
                    whose.add(p);
                }
            }
            int[] fed = session.feed(branches);
            for (int i = 0; i < fed.length; i++) {
                nodes[whose.get(i)] = fed[i];
            }
        }
        List<BeamGroup> groups = new ArrayList<>();
        for (int row = 0; row < nodes.length; row++) {
            groups.add(new BeamGroup(mask, settings, nodes[row], row));
        }
        return groups;
    }

    private void score(DecodeSession session, List<BeamGroup> groups, TokenTrie trie, int level) {
        boolean all = settings.normalisation() == Normalisation.VOCABULARY;
        int from = all ? 0 : trie.lowest(level);
        int to = all ? decoder.config().vocabulary() : trie.highest(level) + 1;
        boolean asked = groups.stream().anyMatch(BeamGroup::asksForScores);
        float[] logits = asked ? session.logits(from, to) : new float[0];
        for (BeamGroup group : groups) {
            group.advance(logits, from, to - from);
        }
    }

    private void check(List<List<Input>> prompts, TokenTrie trie) {
        DecoderConfig config = decoder.config();
        for (int level = 0; level < trie.depth(); level++) {
            if (trie.highest(level) >= config.vocabulary()) {
                throw new BadConfig("The trie has the token " + trie.highest(level) + ", the model's vocabulary has "
                        + config.vocabulary() + "; they belong to different models.");
            }
        }
        for (List<Input> prompt : prompts) {
            int length = prompt.stream().mapToInt(Input::length).sum();
            if (length == 0) {
                throw new BadConfig("A prompt of a beam search is empty; expected at least one token or vector.");
            }
            if (length + trie.depth() - 1 > config.maxPositions()) {
                throw new BadConfig(
                        "A prompt of " + length + " positions and sequences of " + trie.depth() + " tokens exceed the "
                                + config.maxPositions() + " positions of the model; shorten the prompt.");
            }
        }
    }
}
