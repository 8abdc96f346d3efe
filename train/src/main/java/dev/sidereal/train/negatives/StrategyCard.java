package dev.sidereal.train.negatives;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a strategy is, for people who choose one.
 *
 * @param name in {@link Strategies}
 * @param family of the survey's catalogue: random, static, dynamic, diverse, denoised or written
 * @param technique its name in papers
 * @param rule its formula, with s for scores, p for a positive, n for a candidate
 * @param defaults of what can be set
 * @param source paper or code
 */
public record StrategyCard(String name, String family, String technique, String rule, String defaults, String source) {
    private static final List<StrategyCard> CARDS = List.of(
            card("random", "random", "uniform corpus", "n ~ U(C \\ P)", "-", "DPR 2004.04906"),
            card("popularity", "random", "popularity-weighted", "P(n) ~ frequency^a", "a=0.75", "word2vec 1310.4546"),
            card("bm25", "static", "BM25 top-k", "top k of BM25 less P", "k=30", "DPR 2004.04906"),
            card(
                    "bm25-answer",
                    "static",
                    "BM25 without the answer",
                    "top k without the answer string",
                    "k=100",
                    "DPR 2004.04906"),
            card(
                    "naive-topk",
                    "static",
                    "dense top-k",
                    "ranks 1..k of a fixed model",
                    "k=30",
                    "NV-Retriever 2407.15831"),
            card(
                    "rank-window",
                    "static",
                    "rank window",
                    "random ones of ranks [a,b)",
                    "a=10 b=210",
                    "FlagEmbedding hn_mine.py"),
            card("topk-shift", "static", "shift by N", "the first ranks after N", "N=10", "NV-Retriever 2407.15831"),
            card("topk-abs", "static", "TopK-Abs", "s(n) <= c", "c=0.7", "NV-Retriever 2407.15831"),
            card("topk-marginpos", "static", "TopK-MarginPos", "s(n) <= s(p) - m", "m=0.05", "NV-Retriever 2407.15831"),
            card(
                    "topk-percpos",
                    "static",
                    "TopK-PercPos",
                    "s(n) <= s(p) - (1-r)|s(p)|",
                    "r=0.95",
                    "NV-Retriever 2407.15831"),
            card(
                    "sampled-topk",
                    "static",
                    "sampled top-k",
                    "random ones of the top k",
                    "k=10",
                    "NV-Retriever 2407.15831"),
            card(
                    "ensemble",
                    "static",
                    "ensemble mining",
                    "round robin of BM25 and dense",
                    "k=100",
                    "hybrid mining, no one paper"),
            card(
                    "semi-hard",
                    "static",
                    "semi-hard",
                    "s(p) - m < s(n) < s(p), farthest first",
                    "m=0.2",
                    "FaceNet 1503.03832"),
            card("siblings", "static", "structural", "same page or family as a positive", "-", "own"),
            card(
                    "siblings-answer",
                    "static",
                    "structural without the answer",
                    "same page as a positive, without the answer string",
                    "-",
                    "DPR 2004.04906"),
            card(
                    "ance",
                    "dynamic",
                    "ANCE",
                    "uniform of the top k of the model in training",
                    "k=200",
                    "ANCE 2007.00808"),
            card(
                    "conan",
                    "dynamic",
                    "dynamic replacement",
                    "replace n when 1.15 s(n) < first s(n), |s(n)| < 0.8",
                    "every 100 steps",
                    "Conan 2408.15710"),
            card(
                    "simans",
                    "dynamic",
                    "SimANS",
                    "P(n) ~ exp(-a (s(n) - s(p) - b)^2)",
                    "a=50 b=0, on cosines",
                    "SimANS 2210.11773"),
            card(
                    "trisampler",
                    "dynamic",
                    "TriSampler",
                    "inside the quasi-triangle of q and p",
                    "60 degrees",
                    "TriSampler 2402.11855"),
            card("softmax", "dynamic", "softmax sampling", "P(n) = softmax(s(n) / t)", "t=0.05", "importance sampling"),
            card("cl-drd", "dynamic", "curriculum", "from low ranks to high ones", "share 0.25", "CL-DRD 2204.13679"),
            card("ar2", "dynamic", "AR2", "P(n) ~ what a learned ranker takes for relevant", "-", "AR2 2110.03611"),
            card(
                    "rrra",
                    "dynamic",
                    "RRRA",
                    "weight 1 - P(false negative | q,n) of a small network",
                    "-",
                    "RRRA 2508.11670"),
            card(
                    "resa2",
                    "dynamic",
                    "ReSa2",
                    "sampled of the top 1000, ranked again with the positive as query",
                    "500 drawn, 75 kept",
                    "ad32q/ReSa2"),
            card(
                    "cluster",
                    "diverse",
                    "cluster",
                    "same k-means cluster as a positive",
                    "50 a cluster",
                    "TAS 2104.06967"),
            card(
                    "tas-balanced",
                    "diverse",
                    "TAS-Balanced",
                    "uniform bin of T(p) - T(n), then in it",
                    "10 bins",
                    "TAS-B 2104.06967"),
            card(
                    "cluster-pick",
                    "diverse",
                    "diversified pick",
                    "the hardest of each cluster of the pool",
                    "k=n",
                    "own"),
            card(
                    "mmr",
                    "diverse",
                    "maximal marginal relevance",
                    "l s(q,n) - (1-l) max s(n,n')",
                    "l=0.5",
                    "Carbonell and Goldstein 1998"),
            card("near-duplicate-cap", "diverse", "near-duplicate cap", "drop n if s(n,n') > d", "d=0.95", "own"),
            card(
                    "rocketqa",
                    "denoised",
                    "cross-encoder denoise",
                    "keep T(n) < lo, T(n) > hi is a positive",
                    "lo=0.1 hi=0.9",
                    "RocketQA 2010.08191"),
            card(
                    "ce-percpos",
                    "denoised",
                    "teacher margin to positive",
                    "T(n) <= T(p) - (1-r)|T(p)|",
                    "r=0.95",
                    "NV-Retriever 2407.15831"),
            card("gist", "denoised", "GIST guide", "drop n if g(q,n) > g(q,p)", "m=0", "GISTEmbed 2402.16829"),
            card("consensus", "denoised", "consensus", "most teachers agree that n is none", "r=0.95", "own"),
            card("rlhn", "denoised", "RLHN", "two judges relabel or drop", "-", "RLHN 2505.16967"),
            card(
                    "reciprocal",
                    "denoised",
                    "reciprocal neighbours",
                    "drop n if p and n are in each other's k nearest",
                    "k=10",
                    "Findings of EMNLP 2023, 665"),
            card("gecko", "written", "Gecko", "a language model ranks what was found", "-", "Gecko 2403.20327"),
            card("gpl", "written", "GPL", "a teacher's scores of what was found", "-", "GPL 2112.07577"),
            card(
                    "counterfactual",
                    "written",
                    "rule-based counterfactual",
                    "p with numbers, dates, names or sense changed",
                    "-",
                    "own"),
            card(
                    "syneg",
                    "written",
                    "SyNeg",
                    "a language model's negatives, mixed with mined ones",
                    "-",
                    "SyNeg 2412.17250"));

    private static StrategyCard card(String... cells) {
        return new StrategyCard(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
    }

    /** {@return the cards of all strategies there are, in the order of the catalogue} */
    public static List<StrategyCard> all() {
        return CARDS;
    }

    /** {@return what the strategy needs beside the corpus, as words} */
    public List<String> needs() {
        return Strategies.needs(name).stream().map(MiningInputs.Need::words).toList();
    }

    /** {@return the card by component name} */
    public Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("strategy", name);
        row.put("family", family);
        row.put("technique", technique);
        row.put("rule", rule);
        row.put("defaults", defaults);
        row.put("source", source);
        row.put("needs", String.join("; ", needs()));
        return row;
    }
}
