#!/usr/bin/env bash
# bge-small pruned to half its parameters, trained with its parent as teacher and without, on the same texts for as many steps:
# what is left of the parent's mean over SciFact, Java code search and STS-B.
# usage: runs/half.sh DATA_FOLDER [OUT_FOLDER]
#   DATA_FOLDER holds java_code_search, scifact, stsb, cranfield and wikispeedia. SEEDS="0 1 2" and KINDS="kd plain" by default.
# Trained on: train parts of Java code search, SciFact and STS-B; titles with their abstracts or pages from Cranfield, Wikispeedia
# and SciFact's corpus (its documents without any query of the test part). Settings in runs/half/*.yaml.
# Time on two cores: some 40 minutes a run. Tolerance: .01 of the mean.
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [[ $# -lt 1 || ! -d $1 ]]; then
  echo "usage: runs/half.sh DATA_FOLDER [OUT_FOLDER]; DATA_FOLDER holds java_code_search, scifact, stsb, cranfield, wikispeedia" >&2
  exit 2
fi
data=$(CDPATH='' cd "$1" && pwd -P)
out=${2:-$here/out/half}
mkdir -p "$out"
sidereal() { "$here/../sidereal" "$@"; }

# Lines with _id, title and text, in that order: the title as query, the text as positive.
titled() {
  gzip -dc "$1" | sed -nE 's/^\{"_id": "[^"]*", "title": ("([^"\\]|\\.)+"),.* "text": ("([^"\\]|\\.)+").*$/{"query": \1, "positive": \3}/p'
}

# encoder, name of what is measured
measure() {
  sidereal evaluate embeddings --encoder "$1" --retrieval "$data/scifact" --retrieval "$data/java_code_search" \
    --sts "$data/stsb/en.test.tsv.gz" --dims 64 --json >"$out/$2.test.json"
  # Rows are in the order of tasks: sts, SciFact, code; each with all dimensions first.
  grep -oE '"(spearman|ndcg@10)":[0-9.]+' "$out/$2.test.json" | sed 's/.*://' | awk -v name="$2" '
    { value[NR] = $1 }
    END {
      sts = value[1] / 100; part = value[2] / 100
      printf "%-10s scifact %.4f  code %.4f  sts %.4f  mean %.4f  64 dims %.4f %.4f %.4f\n", name, value[3], value[5], sts,
        (value[3] + value[5] + sts) / 3, value[4], value[6], part
    }'
}

for set in scifact cranfield; do titled "$data/$set/corpus.jsonl.gz" >"$out/$set.jsonl"; done
titled "$data/wikispeedia/pages.jsonl.gz" | sed 's/2007 Schools Wikipedia Selection\. Related subjects: [^\]*//' \
  >"$out/wikispeedia.jsonl"
measure bge-small bge-small
if [[ ! -d $out/pruned ]]; then
  sidereal prune --model bge-small --layers 12 --hidden 256 --mlp 880 --prefix 256 --to "$out/pruned" --json >"$out/pruned.json"
fi
measure "$out/pruned" pruned
for seed in ${SEEDS:-0 1 2}; do
  for kind in ${KINDS:-kd plain}; do
    name=$kind-$seed
    sed "s#DATA#$data#; s#OUT#$out#; s#SEED#$seed#" "$here/half/$kind.yaml" >"$out/$name.yaml"
    sidereal train encoder --recipe "$out/$name.yaml" --to "$out/$name" --json >"$out/$name.json"
    measure "$out/$name/model" "$name"
  done
done
