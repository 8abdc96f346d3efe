"""Makes the runs and judgments of this folder and measures them with trec_eval; see README.md."""
import random
import subprocess
import sys

V9, V10 = sys.argv[1:3]
MEASURES = ("num_q num_ret num_rel num_rel_ret map gm_map Rprec bpref recip_rank P.5,10 recall.10,100 success.1,5,10 "
            "map_cut.10,100 ndcg ndcg_cut.5,10,20,100 set_P set_recall set_F").split()


def scores_ties(rng):
    return str(rng.choice([1, 2, 3, 3, 4]))


def scores_signs(rng):
    kind = rng.randrange(5)
    if kind == 0:
        return repr(-rng.random() * 10)
    if kind == 1:
        return "%.3e" % (rng.random() * 10 ** rng.randrange(-12, 12))
    if kind == 2:
        return rng.choice(["0.0", "-0.0", "0", "+0", "1e-400"])
    if kind == 3:  # equal as 32-bit floats, not as 64-bit ones
        return repr(1 + rng.randrange(4) * 1e-9)
    return "%d." % rng.randrange(-3, 4)


def scores_distinct(rng):
    return repr(rng.random())


def ids_plain(rng):
    return "d%d" % rng.randrange(60)


def ids_unicode(rng):
    return rng.choice(["\U0001F600", "\uFF21", "\uE000", "z", "\u00e4", "Z"]) + rng.choice(["", "1", "\U00010000", "\uFFFD"])


def make(name, seed, scores, ids, grades, queries, only_run=(), only_qrels=()):
    rng = random.Random(seed)
    with open(name + ".qrels", "w") as qrels, open(name + ".run", "w") as run:
        for q in queries:
            if q not in only_run:
                pool = sorted({ids(rng) for _ in range(rng.randrange(1, 40))})
                for d in pool:
                    qrels.write("%s 0 %s %d\n" % (q, d, rng.choice(grades)))
                if not any(d == "anchor" for d in pool):
                    # trec_eval crashes on a query that has nothing but grades below -1.
                    qrels.write("%s 0 anchor %d\n" % (q, rng.choice([0, 1])))
            if q not in only_qrels:
                found = list({ids(rng): 0 for _ in range(rng.randrange(1, 60))})
                for rank, d in enumerate(found):
                    run.write("%s Q0 %s %d %s %s\n" % (q, d, rank + 1, scores(rng), name))
    options = [x for m in MEASURES for x in ("-m", m)]
    files = [name + ".qrels", name + ".run"]
    for suffix, command in {
        ".v9.txt": [V9, "-q", *options],
        ".v9-l2.txt": [V9, "-q", "-l", "2", *options],
        ".v9-M10.txt": [V9, "-q", "-M", "10", "-m", "recip_rank"],
        ".v10-c.txt": [V10, "-q", "-c", *options, "-m", "unj.5,10"],
    }.items():
        with open(name + suffix, "w") as out:
            subprocess.run(command + files, stdout=out, check=True)


make("ties", 1, scores_ties, ids_plain, [0, 0, 1, 2, 3], ["q%d" % i for i in range(12)])
make("signs", 2, scores_signs, ids_plain, [-2, -1, 0, 0, 1, 1, 2, 4], ["%d" % i for i in range(95, 107)])
make("gaps", 3, scores_distinct, ids_plain, [0, 0, 0, 1], list("abcdefghij") + ["B", "\u00e9", "\U0001F600", "\uFF21"],
     only_run=["b", "j"], only_qrels=["a", "e", "B"])
make("unicode", 4, scores_ties, ids_unicode, [0, 1, 2], ["u%d" % i for i in range(6)])
make("flat", 5, lambda rng: "7", ids_plain, [0], ["f%d" % i for i in range(3)])
