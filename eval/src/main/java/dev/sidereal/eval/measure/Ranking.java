package dev.sidereal.eval.measure;

import dev.sidereal.core.Run.Scored;
import dev.sidereal.core.error.BadInput;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of one query as grades in ranked order, with the judgments they are held against. Immutable.
 *
 * <p>A negative grade means "in the pool but not judged", as in trec_eval; a document without any grade has
 * {@link #OUTSIDE_POOL}.
 */
public final class Ranking {
    /** The grade of a document that the judgments do not mention. */
    public static final int OUTSIDE_POOL = Integer.MIN_VALUE;

    private final int[] grades;
    /** Exclusive end of the group of tied documents that each document belongs to. */
    private final int[] groupEnds;
    /** Grades of all judged documents of the query, best first, negative ones left out. */
    private final int[] judged;

    private Ranking(int[] grades, int[] groupEnds, int[] judged) {
        this.grades = grades;
        this.groupEnds = groupEnds;
        this.judged = judged;
    }

    /**
     * Orders results and looks up their grades. Costs n log n for n results.
     *
     * @param results as the system listed them
     * @param judgments item id to grade
     * @param ties how documents are ordered
     * @throws BadInput if a document is listed twice
     */
    public static Ranking of(List<Scored> results, Map<String, Integer> judgments, Ties ties) {
        refuseDuplicates(results);
        List<Scored> ordered = ties.order(results);
        int[] grades = new int[ordered.size()];
        int[] groupEnds = new int[ordered.size()];
        for (int i = 0; i < grades.length; i++) {
            grades[i] = judgments.getOrDefault(ordered.get(i).itemId(), OUTSIDE_POOL);
        }
        for (int start = 0; start < grades.length; ) {
            double key = ties.key(ordered.get(start).score());
            int end = start + 1;
            while (end < grades.length && ties.key(ordered.get(end).score()) == key) {
                end++;
            }
            Arrays.fill(groupEnds, start, end, end);
            start = end;
        }
        int[] judged = judgments.values().stream()
                .filter(grade -> grade >= 0)
                .mapToInt(grade -> -grade)
                .sorted()
                .map(negated -> -negated)
                .toArray();
        return new Ranking(grades, groupEnds, judged);
    }

    private static void refuseDuplicates(List<Scored> results) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < results.size(); i++) {
            Integer first = places.putIfAbsent(results.get(i).itemId(), i);
            if (first != null) {
                throw new BadInput(
                        "document '" + results.get(i).itemId() + "' is listed twice, at places " + (first + 1) + " and "
                                + (i + 1) + ": a system may return a document once a query, remove one of them");
            }
        }
    }

    /** {@return the number of results} */
    public int size() {
        return grades.length;
    }

    /** {@return the grade of the result at a place, from 0; {@link #OUTSIDE_POOL} if the judgments do not mention it} */
    public int grade(int place) {
        return grades[place];
    }

    /** {@return how many of the first {@code depth} results have at least this grade} */
    public int found(int depth, int level) {
        int found = 0;
        for (int i = 0; i < Math.min(depth, grades.length); i++) {
            if (grades[i] >= level) {
                found++;
            }
        }
        return found;
    }

    /** {@return how many documents of the query were judged at least this grade, found or not} */
    public int relevant(int level) {
        int count = 0;
        while (count < judged.length && judged[count] >= level) {
            count++;
        }
        return count;
    }

    /** {@return how many documents of the query were judged with a grade from 0 to below this one} */
    public int notRelevant(int level) {
        return judged.length - relevant(level);
    }

    /** {@return the grade at a place of the ideal ranking, from 0; 0 beyond the judged documents} */
    public int idealGrade(int place) {
        return place < judged.length ? judged[place] : 0;
    }

    /** {@return whether documents of different grade have the same score, so that their order is arbitrary} */
    public boolean tied() {
        for (int start = 0; start < grades.length; start = groupEnds[start]) {
            for (int i = start + 1; i < groupEnds[start]; i++) {
                if (grades[i] != grades[start]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return this ranking with tied documents in the order that flatters the system most} */
    public Ranking flattered() {
        return reordered(true);
    }

    /** {@return this ranking with tied documents in the order that hurts the system most} */
    public Ranking hurt() {
        return reordered(false);
    }

    private Ranking reordered(boolean bestFirst) {
        int[] copy = grades.clone();
        for (int start = 0; start < copy.length; start = groupEnds[start]) {
            int end = groupEnds[start];
            Arrays.sort(copy, start, end);
            if (bestFirst) {
                for (int i = start, j = end - 1; i < j; i++, j--) {
                    int swap = copy[i];
                    copy[i] = copy[j];
                    copy[j] = swap;
                }
            }
        }
        return new Ranking(copy, groupEnds, judged);
    }
}
