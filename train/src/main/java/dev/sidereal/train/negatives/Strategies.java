package dev.sidereal.train.negatives;

import static dev.sidereal.train.negatives.MiningInputs.Need.ANSWERS;
import static dev.sidereal.train.negatives.MiningInputs.Need.DENSE;
import static dev.sidereal.train.negatives.MiningInputs.Need.JUDGES;
import static dev.sidereal.train.negatives.MiningInputs.Need.LIVE;
import static dev.sidereal.train.negatives.MiningInputs.Need.POSITIVE_COUNTS;
import static dev.sidereal.train.negatives.MiningInputs.Need.QUERIES;
import static dev.sidereal.train.negatives.MiningInputs.Need.RANKER;
import static dev.sidereal.train.negatives.MiningInputs.Need.RUN;
import static dev.sidereal.train.negatives.MiningInputs.Need.TEACHER;
import static dev.sidereal.train.negatives.MiningInputs.Need.WRITER;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.MiningInputs.Need;
import dev.sidereal.train.negatives.corpus.Clusters;
import dev.sidereal.train.negatives.filter.AnswerString;
import dev.sidereal.train.negatives.filter.Consensus;
import dev.sidereal.train.negatives.filter.GeckoRelabel;
import dev.sidereal.train.negatives.filter.Judged;
import dev.sidereal.train.negatives.filter.NearDuplicate;
import dev.sidereal.train.negatives.filter.RankWindow;
import dev.sidereal.train.negatives.filter.Reciprocal;
import dev.sidereal.train.negatives.filter.RocketQaDenoise;
import dev.sidereal.train.negatives.filter.SemiHard;
import dev.sidereal.train.negatives.filter.TopKAbs;
import dev.sidereal.train.negatives.filter.TopKMarginPos;
import dev.sidereal.train.negatives.filter.TopKPercPos;
import dev.sidereal.train.negatives.learn.Ar2;
import dev.sidereal.train.negatives.learn.Rrra;
import dev.sidereal.train.negatives.sample.ClusterPick;
import dev.sidereal.train.negatives.sample.Curriculum;
import dev.sidereal.train.negatives.sample.FarthestFirst;
import dev.sidereal.train.negatives.sample.Mmr;
import dev.sidereal.train.negatives.sample.ReSa2;
import dev.sidereal.train.negatives.sample.SimAns;
import dev.sidereal.train.negatives.sample.SoftmaxPick;
import dev.sidereal.train.negatives.sample.TasBalanced;
import dev.sidereal.train.negatives.sample.TopN;
import dev.sidereal.train.negatives.sample.TriSampler;
import dev.sidereal.train.negatives.sample.UniformPick;
import dev.sidereal.train.negatives.source.Counterfactuals;
import dev.sidereal.train.negatives.source.DenseSource;
import dev.sidereal.train.negatives.source.EnsembleSource;
import dev.sidereal.train.negatives.source.GroupSource;
import dev.sidereal.train.negatives.source.PopularitySource;
import dev.sidereal.train.negatives.source.RunSource;
import dev.sidereal.train.negatives.source.UniformSource;
import dev.sidereal.train.negatives.source.WrittenSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The strategies by the names of their papers, with the papers' defaults. A strategy of other settings is put together from
 * the same parts as a {@link NegativeStrategy}.
 */
public final class Strategies {
    private static final int POOL = 100;
    private static final int NAIVE_POOL = 30;
    private static final int ANCE_POOL = 200;
    private static final int GECKO_POOL = 20;
    private static final int GPL_POOL = 50;
    private static final int MOST_CLUSTERS = 2000;
    private static final int DOCUMENTS_PER_CLUSTER = 50;
    // SimANS was tuned on dot products some ten times as wide as cosines; the square makes it a hundred.
    private static final double SIMANS_ON_COSINES = 100 * SimAns.A;
    private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

    static {
        add("random", in -> unscored(new UniformSource("random", in.corpus().size()), NAIVE_POOL, new TopN()));
        add(
                "popularity",
                in -> unscored(
                        new PopularitySource(in.positiveCounts(), PopularitySource.EXPONENT), NAIVE_POOL, new TopN()),
                POSITIVE_COUNTS);
        add("bm25", in -> unscored(new RunSource(in.run(), in.corpus()), NAIVE_POOL, new TopN()), RUN);
        add(
                "bm25-answer",
                in -> unscored(new RunSource(in.run(), in.corpus()), POOL, new TopN(), new AnswerString(in.answers())),
                RUN,
                ANSWERS);
        add("naive-topk", in -> dense(in, NAIVE_POOL, new TopN()), DENSE);
        add(
                "rank-window",
                in -> dense(
                        in,
                        RankWindow.FLAG_TO,
                        UniformPick.all(),
                        new RankWindow(RankWindow.FLAG_FROM, RankWindow.FLAG_TO)),
                DENSE);
        add("topk-shift", in -> dense(in, POOL, new TopN(), new RankWindow(RankWindow.FLAG_FROM, POOL)), DENSE);
        add("topk-abs", in -> dense(in, POOL, new TopN(), new TopKAbs(TopKAbs.CEILING)), DENSE);
        add("topk-marginpos", in -> dense(in, POOL, new TopN(), new TopKMarginPos(TopKMarginPos.MARGIN)), DENSE);
        add("topk-percpos", in -> dense(in, POOL, new TopN(), new TopKPercPos(TopKPercPos.RHO)), DENSE);
        add("sampled-topk", in -> dense(in, NAIVE_POOL, new UniformPick(UniformPick.NV_WINDOW)), DENSE);
        add("ensemble", in -> scored(bm25AndDense(in), in.denseScorer(), POOL, new TopN()), RUN, DENSE);
        add("semi-hard", in -> dense(in, POOL, new FarthestFirst(), new SemiHard(SemiHard.MARGIN)), DENSE);
        add("siblings", in -> unscored(GroupSource.siblings(in.corpus()), NAIVE_POOL, new TopN()));
        add(
                "siblings-answer",
                in -> unscored(
                        GroupSource.siblings(in.corpus()), NAIVE_POOL, new TopN(), new AnswerString(in.answers())),
                ANSWERS);
        add("ance", in -> unscored(in.live(), ANCE_POOL, UniformPick.all()), LIVE);
        add("conan", in -> dense(in, POOL, new TopN()), DENSE);
        add("simans", in -> dense(in, POOL, SimAns.of(SIMANS_ON_COSINES, 0)), DENSE);
        add("trisampler", in -> dense(in, POOL, new TriSampler(in.dense().documents(), TriSampler.DEGREES)), DENSE);
        add("softmax", in -> dense(in, POOL, new SoftmaxPick(SoftmaxPick.TEMPERATURE)), DENSE);
        add("cl-drd", in -> dense(in, POOL, new Curriculum(in.steps(), Curriculum.SHARE)), DENSE);
        add(
                "ar2",
                in -> dense(in, POOL, Ar2.train(in.queries(), in.dense(), Ar2.TEMPERATURE, in.seed())),
                DENSE,
                QUERIES);
        add(
                "rrra",
                in -> dense(
                        in,
                        POOL,
                        Rrra.train(in.queries(), in.dense(), in.teachers().getFirst(), in.seed())),
                DENSE,
                TEACHER,
                QUERIES);
        add(
                "resa2",
                in -> dense(
                        in,
                        ReSa2.POOL,
                        new ReSa2(in.dense().documents(), ReSa2.SAMPLED, ReSa2.KEPT, SoftmaxPick.TEMPERATURE)),
                DENSE);
        add("cluster", in -> unscored(GroupSource.clusters(clusters(in)), POOL, UniformPick.all()), DENSE);
        add(
                "tas-balanced",
                in -> scored(denseSource(in), in.teachers().getFirst(), POOL, new TasBalanced(TasBalanced.BINS)),
                DENSE,
                TEACHER);
        add("cluster-pick", in -> dense(in, POOL, new ClusterPick(in.dense().documents())), DENSE);
        add("mmr", in -> dense(in, POOL, new Mmr(in.dense().documents(), Mmr.LAMBDA)), DENSE);
        add(
                "near-duplicate-cap",
                in -> dense(in, POOL, new TopN(), new NearDuplicate(in.dense().documents(), NearDuplicate.CAP)),
                DENSE);
        add(
                "rocketqa",
                in -> dense(
                        in,
                        POOL,
                        new TopN(),
                        new RocketQaDenoise(in.teachers().getFirst(), RocketQaDenoise.LOW, RocketQaDenoise.HIGH)),
                DENSE,
                TEACHER);
        add(
                "ce-percpos",
                in -> scored(
                        denseSource(in), in.teachers().getFirst(), POOL, new TopN(), new TopKPercPos(TopKPercPos.RHO)),
                DENSE,
                TEACHER);
        add(
                "gist",
                in -> scored(denseSource(in), in.teachers().getFirst(), POOL, new TopN(), new TopKMarginPos(0)),
                DENSE,
                TEACHER);
        add("consensus", in -> dense(in, POOL, new TopN(), consensus(in)), DENSE, TEACHER);
        add(
                "rlhn",
                in -> dense(in, NAIVE_POOL, new TopN(), new Judged(in.cheapJudge(), in.strongJudge())),
                DENSE,
                JUDGES);
        add(
                "gecko",
                in -> dense(in, GECKO_POOL, new TopN(), new GeckoRelabel(in.ranker(), GeckoRelabel.PLACE)),
                DENSE,
                RANKER);
        add(
                "gpl",
                in -> scored(denseSource(in), in.teachers().getFirst(), GPL_POOL, UniformPick.all()),
                DENSE,
                TEACHER);
        add(
                "reciprocal",
                in -> dense(in, NAIVE_POOL, new TopN(), new Reciprocal(in.dense(), Reciprocal.NEIGHBOURS)),
                DENSE);
        add(
                "counterfactual",
                in -> unscored(
                        new WrittenSource("counterfactual", new Counterfactuals(), in.corpus()),
                        NAIVE_POOL,
                        new TopN()));
        add(
                "syneg",
                in -> unscored(
                        new EnsembleSource(
                                List.of(new WrittenSource("syneg", in.writer(), in.corpus()), denseSource(in))),
                        NAIVE_POOL,
                        new TopN()),
                WRITER,
                DENSE);
    }

    private Strategies() {}

    private record Entry(List<Need> needs, Function<MiningInputs, Parts> parts) {}

    private record Parts(
            CandidateSource source,
            PairScorer scorer,
            int pool,
            NegativeSampler sampler,
            List<NegativeFilter> filters) {}

    /** {@return all names} */
    public static Set<String> names() {
        return java.util.Collections.unmodifiableSet(ENTRIES.keySet());
    }

    /**
     * {@return whether a strategy needs an encoder's vectors of all documents}
     *
     * @throws BadConfig if it is unknown
     */
    public static boolean needsEncoder(String name) {
        List<Need> needs = entry(name).needs();
        return needs.contains(DENSE) || needs.contains(LIVE);
    }

    private static Entry entry(String name) {
        Entry entry = ENTRIES.get(name);
        if (entry == null) {
            throw new BadConfig("unknown strategy '" + name + "'; strategies are " + String.join(", ", names()));
        }
        return entry;
    }

    /**
     * {@return the strategies of a list such as {@code bm25,topk-percpos}}
     *
     * @throws BadConfig if a name is unknown or its needs are not among the inputs
     */
    public static List<NegativeStrategy> parse(String list, MiningInputs inputs) {
        List<NegativeStrategy> strategies = new ArrayList<>();
        for (String name : list.split(",", -1)) {
            strategies.add(of(name.strip(), inputs));
        }
        return List.copyOf(strategies);
    }

    /**
     * {@return the strategy of a name}
     *
     * @throws BadConfig if it is unknown or its needs are not among the inputs
     */
    public static NegativeStrategy of(String name, MiningInputs inputs) {
        Entry entry = entry(name);
        inputs.check(name, entry.needs());
        Parts parts = entry.parts().apply(inputs);
        List<NegativeFilter> filters = new ArrayList<>(inputs.always());
        filters.addAll(parts.filters());
        return new NegativeStrategy(name, parts.source(), parts.pool(), parts.scorer(), filters, parts.sampler());
    }

    /**
     * {@return what a strategy needs beside the corpus}
     *
     * @throws BadConfig if it is unknown
     */
    public static List<Need> needs(String name) {
        Entry entry = ENTRIES.get(name);
        if (entry == null) {
            throw new BadConfig("unknown strategy '" + name + "'; strategies are " + String.join(", ", names()));
        }
        return entry.needs();
    }

    private static void add(String name, Function<MiningInputs, Parts> parts, Need... needs) {
        ENTRIES.put(name, new Entry(List.of(needs), parts));
    }

    private static Parts unscored(
            CandidateSource source, int pool, NegativeSampler sampler, NegativeFilter... filters) {
        return scored(source, NoScores.INSTANCE, pool, sampler, filters);
    }

    private static Parts dense(MiningInputs in, int pool, NegativeSampler sampler, NegativeFilter... filters) {
        return scored(denseSource(in), in.denseScorer(), pool, sampler, filters);
    }

    private static Parts scored(
            CandidateSource source, PairScorer scorer, int pool, NegativeSampler sampler, NegativeFilter... filters) {
        return new Parts(source, scorer, pool, sampler, List.of(filters));
    }

    private static DenseSource denseSource(MiningInputs in) {
        return new DenseSource("dense", in.dense());
    }

    private static EnsembleSource bm25AndDense(MiningInputs in) {
        return new EnsembleSource(List.of(new RunSource(in.run(), in.corpus()), denseSource(in)));
    }

    private static Consensus consensus(MiningInputs in) {
        List<PairScorer> all = new ArrayList<>(in.teachers());
        all.add(in.denseScorer());
        return new Consensus(all, all.size() / 2 + 1, TopKPercPos.RHO);
    }

    private static Clusters clusters(MiningInputs in) {
        int k = Math.clamp(in.corpus().size() / DOCUMENTS_PER_CLUSTER, 1, MOST_CLUSTERS);
        return Clusters.fit(in.dense().documents(), k, in.seed());
    }
}
