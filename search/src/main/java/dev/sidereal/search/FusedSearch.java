package dev.sidereal.search;

import dev.sidereal.core.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One search over several legs: each brings its best items, each then scores the items that only others brought, and
 * the fusion sees complete scores instead of torn lists. One thread, one call.
 */
final class FusedSearch {
    private final List<Leg> legs;
    private final Blend blend;

    FusedSearch(List<Leg> legs, Blend blend) {
        this.legs = legs;
        this.blend = blend;
    }

    List<Hit> run(LegQuery query, int k) throws IOException {
        if (legs.size() == 1) {
            return single(query, k);
        }
        List<List<PassageHit>> lists = new ArrayList<>();
        TreeSet<Integer> union = new TreeSet<>();
        for (Leg leg : legs) {
            List<PassageHit> list = leg.top(query, Math.max(k, blend.depth()));
            lists.add(list);
            list.forEach(hit -> union.add(hit.parent()));
        }
        int[] items = union.stream().mapToInt(Integer::intValue).toArray();
        PassageHit[][] hits = new PassageHit[legs.size()][items.length];
        int[][] ranks = new int[legs.size()][items.length];
        for (int leg = 0; leg < legs.size(); leg++) {
            fill(query, legs.get(leg), lists.get(leg), items, hits[leg], ranks[leg]);
        }
        return rank(query, items, hits, ranks, k);
    }

    private List<Hit> single(LegQuery query, int k) throws IOException {
        Leg leg = legs.getFirst();
        List<Hit> result = new ArrayList<>();
        for (PassageHit hit : leg.top(query, k)) {
            Hit.LegScore part = new Hit.LegScore(leg.name(), result.size() + 1, hit.score(), hit.score());
            result.add(query.view().hit(hit, hit.score(), List.of(part)));
        }
        return result;
    }

    private static void fill(
            LegQuery query, Leg leg, List<PassageHit> list, int[] items, PassageHit[] hits, int[] ranks)
            throws IOException {
        for (int i = 0; i < list.size(); i++) {
            int at = Arrays.binarySearch(items, list.get(i).parent());
            hits[at] = list.get(i);
            ranks[at] = i + 1;
        }
        int[] missing = IntStream.range(0, items.length)
                .filter(at -> ranks[at] == 0)
                .map(at -> items[at])
                .toArray();
        for (PassageHit hit : leg.score(query, missing)) {
            hits[Arrays.binarySearch(items, hit.parent())] = hit;
        }
    }

    private List<Hit> rank(LegQuery query, int[] items, PassageHit[][] hits, int[][] ranks, int k) throws IOException {
        View view = query.view();
        String[] names = legs.stream().map(Leg::name).toArray(String[]::new);
        Scale[] scales = new Scale[legs.size()];
        float[][] scores = new float[legs.size()][items.length];
        for (int leg = 0; leg < scores.length; leg++) {
            scales[leg] = legs.get(leg).scale(query);
            for (int i = 0; i < items.length; i++) {
                scores[leg][i] = hits[leg][i] == null ? Float.NaN : hits[leg][i].score();
            }
        }
        double[][] parts = blend.fusion().contributions(new Candidates(names, scales, ranks, scores));
        double[] totals = new double[items.length];
        Arrays.setAll(
                totals, i -> Arrays.stream(parts).mapToDouble(leg -> leg[i]).sum());
        List<Hit> result = new ArrayList<>();
        IntStream.range(0, items.length)
                .boxed()
                .sorted((a, b) -> {
                    int byScore = Double.compare(totals[b], totals[a]);
                    return byScore != 0 ? byScore : view.ids().compare(items[a], items[b]);
                })
                .limit(k)
                .forEach(i -> result.add(hit(view, i, totals[i], hits, ranks, parts)));
        return result;
    }

    private Hit hit(View view, int item, double total, PassageHit[][] hits, int[][] ranks, double[][] parts) {
        List<Hit.LegScore> scores = new ArrayList<>();
        PassageHit shown = null;
        double most = Double.NEGATIVE_INFINITY;
        for (int leg = 0; leg < legs.size(); leg++) {
            PassageHit hit = hits[leg][item];
            if (hit == null) {
                continue;
            }
            double part = parts[leg][item];
            scores.add(new Hit.LegScore(legs.get(leg).name(), ranks[leg][item], hit.score(), part));
            if (part > most) {
                most = part;
                shown = hit;
            }
        }
        return view.hit(Objects.requireNonNull(shown, "a candidate comes from a leg"), total, scores);
    }
}
