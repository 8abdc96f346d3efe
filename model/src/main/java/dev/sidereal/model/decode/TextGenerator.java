package dev.sidereal.model.decode;

import dev.sidereal.core.Deadline;
import dev.sidereal.model.TextStream;
import dev.sidereal.model.TextTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Continues texts with a decoder. Thread-safe: each call has a session of its own, whose memory holds its prompts and
 * all tokens it may write.
 */
public final class TextGenerator {
    private final Decoder decoder;
    private final TextTokenizer tokenizer;
    private final Set<Integer> endTokens;
    private final TokenConstraint constraint;

    /**
     * @param decoder stays open as long as texts are generated; not closed here
     * @param tokenizer that of the decoder; not closed here
     * @param endTokens ids that end a text
     * @throws dev.sidereal.core.error.ArtifactMismatch if the tokenizer is of another model
     */
    public TextGenerator(Decoder decoder, TextTokenizer tokenizer, Set<Integer> endTokens) {
        this(decoder, tokenizer, endTokens, TokenConstraint.none());
    }

    private TextGenerator(
            Decoder decoder, TextTokenizer tokenizer, Set<Integer> endTokens, TokenConstraint constraint) {
        tokenizer.requireVocabulary(decoder.config().vocabulary());
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.endTokens = Set.copyOf(endTokens);
        this.constraint = constraint;
    }

    /** {@return the same, writing only what a constraint allows} */
    public TextGenerator constrained(TokenConstraint allowed) {
        return new TextGenerator(decoder, tokenizer, endTokens, allowed);
    }

    /** {@return the continuation of a text as it stands, special tokens written in it read as such} */
    public GeneratedText generate(String prompt, GenerationSettings settings) {
        return generate(List.of(tokenizer.encode(prompt)), settings, Deadline.none(), PieceListener.none())
                .getFirst();
    }

    /**
     * Continues prompts of any lengths, all in one session.
     *
     * @param prompts token ids, at least one each
     * @param deadline when it comes, texts end as they are, with {@link StopReason#DEADLINE}
     * @param listener told of each piece as soon as it is certain
     * @return a text for each prompt, in order
     * @throws dev.sidereal.core.error.BadConfig if a prompt is empty, longer than the model can read, or has a token
     *     outside the vocabulary
     */
    public List<GeneratedText> generate(
            List<int[]> prompts, GenerationSettings settings, Deadline deadline, PieceListener listener) {
        List<Text> texts = new ArrayList<>();
        List<Branch> branches = new ArrayList<>();
        long capacity = 0;
        for (int[] prompt : prompts) {
            Text text = new Text(texts.size(), prompt, settings, listener);
            texts.add(text);
            branches.add(Branch.of(DecodeSession.ROOT, Input.of(prompt)));
            capacity += prompt.length + text.room;
        }
        if (texts.isEmpty()) {
            return List.of();
        }
        try (DecodeSession session = decoder.open(Math.toIntExact(capacity))) {
            run(session, texts, branches, deadline);
        }
        return texts.stream().map(Text::result).toList();
    }

    private void run(DecodeSession session, List<Text> texts, List<Branch> prompts, Deadline deadline) {
        int vocabulary = decoder.config().vocabulary();
        List<Text> running = new ArrayList<>(texts);
        List<Branch> branches = prompts;
        while (!running.isEmpty()) {
            if (deadline.expired()) {
                running.forEach(text -> text.end(StopReason.DEADLINE));
                return;
            }
            int[] nodes = session.feed(branches);
            float[] logits = session.logits(0, vocabulary);
            List<Text> going = new ArrayList<>();
            branches = new ArrayList<>();
            for (int i = 0; i < nodes.length; i++) {
                Text text = running.get(i);
                int token = text.step(Arrays.copyOfRange(logits, i * vocabulary, (i + 1) * vocabulary));
                if (text.reason == null) {
                    going.add(text);
                    branches.add(Branch.of(nodes[i], Input.of(token)));
                }
            }
            running = going;
        }
    }

    /** One text while it grows. */
    private final class Text {
        private final int number;
        private final int[] prompt;
        private final PieceListener listener;
        private final TokenSampler sampler;
        private final TextStream stream = tokenizer.stream();
        private final StopMatcher stops;
        private final StringBuilder out = new StringBuilder();
        private final List<Integer> tokens = new ArrayList<>();
        private final int room;
        private int state = constraint.start();
        private @org.jspecify.annotations.Nullable StopReason reason;

        Text(int number, int[] prompt, GenerationSettings settings, PieceListener listener) {
            this.number = number;
            this.prompt = prompt;
            this.listener = listener;
            this.sampler = new TokenSampler(settings.sampling(), number, prompt);
            this.stops = new StopMatcher(settings.stops());
            // The last token is not fed, so a prompt of the model's full length still gets one.
            this.room = Math.clamp(decoder.config().maxPositions() - (long) prompt.length + 1, 1, settings.maxTokens());
        }

        /** {@return the token drawn} */
        int step(float[] logits) {
            constraint.restrict(state, logits);
            int token = sampler.next(logits);
            state = constraint.next(state, token);
            if (endTokens.contains(token)) {
                end(StopReason.END);
                return token;
            }
            tokens.add(token);
            give(stops.add(stream.add(token)));
            if (stops.stopped()) {
                reason = StopReason.STOP_SEQUENCE;
            } else if (reason == null && tokens.size() == room) {
                end(StopReason.LENGTH);
            }
            return token;
        }

        /** Ends the text with what was held back. */
        void end(StopReason why) {
            reason = why;
            give(stops.add(stream.finish()));
            if (stops.stopped()) {
                reason = StopReason.STOP_SEQUENCE;
            } else {
                give(stops.finish());
            }
        }

        private void give(String piece) {
            if (!piece.isEmpty() && reason != StopReason.CANCELLED) {
                out.append(piece);
                if (!listener.piece(number, piece)) {
                    reason = StopReason.CANCELLED;
                }
            }
        }

        GeneratedText result() {
            return new GeneratedText(
                    out.toString(), tokens, prompt.length, java.util.Objects.requireNonNull(reason, "ran to its end"));
        }
    }
}
