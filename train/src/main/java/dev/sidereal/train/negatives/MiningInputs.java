package dev.sidereal.train.negatives;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.Run;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.filter.GeckoRelabel.Ranker;
import dev.sidereal.train.negatives.filter.HeldOutPositives;
import dev.sidereal.train.negatives.filter.Judged.RelevanceJudge;
import dev.sidereal.train.negatives.filter.OnlyPositives;
import dev.sidereal.train.negatives.score.BiEncoderScorer;
import dev.sidereal.train.negatives.source.NegativeWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What strategies are made of: the corpus, and whichever of an encoder's index, a run, teachers and so on there are. A
 * strategy that needs what is not there is refused. Not thread-safe while it is filled.
 */
public final class MiningInputs {
    private final Corpus corpus;
    private final long seed;
    private long steps = 1000;
    private final Map<Need, Object> parts = new EnumMap<>(Need.class);
    private final List<PairScorer> teachers = new ArrayList<>();
    private final List<NegativeFilter> always = new ArrayList<>();

    private MiningInputs(Corpus corpus, long seed) {
        this.corpus = corpus;
        this.seed = seed;
    }

    /** {@return inputs with a corpus alone} */
    public static MiningInputs of(Corpus corpus, long seed) {
        return new MiningInputs(corpus, seed);
    }

    /** What a strategy may need beside the corpus. */
    public enum Need {
        DENSE("an encoder and its document vectors"),
        RUN("a run of BM25 or of another retriever"),
        TEACHER("a teacher, such as a cross-encoder"),
        POSITIVE_COUNTS("how often each document is a positive"),
        LIVE("a model in training whose index is refreshed"),
        WRITER("a language model, or another writer of negatives"),
        JUDGES("two judges of relevance"),
        ANSWERS("the answers of the queries"),
        RANKER("a ranker, a language model as a rule"),
        QUERIES("the queries themselves, to learn from");

        private final String what;

        Need(String what) {
            this.what = what;
        }

        /** {@return what it is, in a few words} */
        public String words() {
            return what;
        }
    }

    private record Judges(RelevanceJudge cheap, RelevanceJudge strong) {}

    /** {@return these inputs, with a bi-encoder's index} */
    public MiningInputs dense(DenseIndex index) {
        return with(Need.DENSE, index);
    }

    /** {@return these inputs, with a run, BM25's as a rule} */
    public MiningInputs run(Run run) {
        return with(Need.RUN, run);
    }

    /** {@return these inputs, with one teacher more} */
    public MiningInputs teacher(PairScorer teacher) {
        teachers.add(teacher);
        return with(Need.TEACHER, teachers);
    }

    /** {@return these inputs, with those teachers more} */
    public MiningInputs teachers(List<PairScorer> more) {
        more.forEach(this::teacher);
        return this;
    }

    /** {@return these inputs, with the number of times each document is a positive} */
    public MiningInputs positiveCounts(int[] counts) {
        return with(Need.POSITIVE_COUNTS, counts.clone());
    }

    /** {@return these inputs, with the queries that are mined, for strategies that learn from them first} */
    public MiningInputs queries(List<MiningQuery> queries) {
        return with(Need.QUERIES, List.copyOf(queries));
    }

    /** {@return these inputs, for a training of that many steps; 1,000 where nothing is said} */
    public MiningInputs steps(long steps) {
        this.steps = steps;
        return this;
    }

    /** {@return these inputs; no strategy takes a document that is a positive of none of {@link #queries}} */
    public MiningInputs onlyPositives() {
        check("train documents", List.of(Need.QUERIES));
        always.add(new OnlyPositives(corpus, queries()));
        return this;
    }

    /** {@return these inputs, with the refreshed index of the model in training} */
    public MiningInputs live(CandidateSource source) {
        return with(Need.LIVE, source);
    }

    /** {@return these inputs, with a writer of negatives} */
    public MiningInputs writer(NegativeWriter writer) {
        return with(Need.WRITER, writer);
    }

    /** {@return these inputs, with judges} */
    public MiningInputs judges(RelevanceJudge cheap, RelevanceJudge strong) {
        return with(Need.JUDGES, new Judges(cheap, strong));
    }

    /** {@return these inputs, with a ranker} */
    public MiningInputs ranker(Ranker ranker) {
        return with(Need.RANKER, ranker);
    }

    /** {@return these inputs, with answers by query id} */
    public MiningInputs answers(Map<String, List<String>> answers) {
        return with(Need.ANSWERS, Map.copyOf(answers));
    }

    /** {@return these inputs; no strategy takes what answers these queries of dev or test} */
    public MiningInputs heldOut(Qrels qrels) {
        always.add(new HeldOutPositives(corpus, qrels));
        return this;
    }

    private MiningInputs with(Need need, Object part) {
        parts.put(need, part);
        return this;
    }

    boolean has(Need need) {
        return parts.containsKey(need);
    }

    void check(String strategy, List<Need> needs) {
        for (Need need : needs) {
            if (!has(need)) {
                throw new BadConfig("the strategy '" + strategy + "' needs " + need.what + ", which is not given");
            }
        }
    }

    Corpus corpus() {
        return corpus;
    }

    long steps() {
        return steps;
    }

    List<MiningQuery> queries() {
        List<?> queries = part(Need.QUERIES, List.class);
        return queries.stream().map(MiningQuery.class::cast).toList();
    }

    long seed() {
        return seed;
    }

    List<NegativeFilter> always() {
        return always;
    }

    DenseIndex dense() {
        return part(Need.DENSE, DenseIndex.class);
    }

    PairScorer denseScorer() {
        return new BiEncoderScorer(dense());
    }

    Run run() {
        return part(Need.RUN, Run.class);
    }

    List<PairScorer> teachers() {
        return List.copyOf(teachers);
    }

    int[] positiveCounts() {
        return part(Need.POSITIVE_COUNTS, int[].class);
    }

    CandidateSource live() {
        return part(Need.LIVE, CandidateSource.class);
    }

    NegativeWriter writer() {
        return part(Need.WRITER, NegativeWriter.class);
    }

    Ranker ranker() {
        return part(Need.RANKER, Ranker.class);
    }

    RelevanceJudge cheapJudge() {
        return part(Need.JUDGES, Judges.class).cheap();
    }

    RelevanceJudge strongJudge() {
        return part(Need.JUDGES, Judges.class).strong();
    }

    @SuppressWarnings("unchecked")
    Map<String, List<String>> answers() {
        return part(Need.ANSWERS, Map.class);
    }

    private <T> T part(Need need, Class<T> type) {
        return type.cast(Objects.requireNonNull(parts.get(need), () -> "checked before: " + need.what));
    }
}
