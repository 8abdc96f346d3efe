#!/usr/bin/env bash
# Fine-tuning both packaged encoders on java_code_search, train part, measured on its test part; what that does to SciFact
# and STS-B, on which nothing is trained. Zero-shot figures beside.
# usage: runs/code-search.sh DATA_FOLDER [OUT_FOLDER]
#   DATA_FOLDER holds java_code_search, scifact and stsb.
#   SEEDS="0 1 2" and MODELS="minilm bge-small" by default. KEPT=0.3: share of the old weights in the merged model.
# Chosen on the train part alone: settings in runs/code-search/*.yaml, KEPT. Time on two cores: about 15 minutes a run.
# Tolerance: .01 of nDCG@10 between machines.
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [[ $# -lt 1 || ! -d $1 ]]; then
  echo "usage: runs/code-search.sh DATA_FOLDER [OUT_FOLDER]; DATA_FOLDER holds java_code_search, scifact, stsb" >&2
  exit 2
fi
data=$(CDPATH='' cd "$1" && pwd -P)
out=${2:-$here/out/code-search}
kept=${KEPT:-0.3}
mkdir -p "$out"
sidereal() { "$here/../sidereal" "$@"; }
figure() { sed -n "s/.*\"$2\" *: *\\([-0-9.eE]*\\).*/\\1/p" "$1" | head -n 1; }

# model, name of what is measured
measure() {
  sidereal evaluate retrieval --data "$data/java_code_search" --systems dense --encoder "$1" \
    --runs "$out/runs/$2" --json >"$out/$2.code.json"
  sidereal evaluate retrieval --data "$data/scifact" --systems dense --encoder "$1" --json >"$out/$2.scifact.json"
  sidereal evaluate embeddings --encoder "$1" --sts "$data/stsb/en.test.tsv.gz" --json >"$out/$2.sts.json"
  printf '%-28s %8.4f %8.4f %8.2f\n' "$2" "$(figure "$out/$2.code.json" ndcg@10)" \
    "$(figure "$out/$2.scifact.json" ndcg@10)" "$(figure "$out/$2.sts.json" spearman)"
}

echo "floors, nDCG@10 on java_code_search: BM25 .391, MiniLM .637, bge-small .701"
printf '%-28s %8s %8s %8s\n' encoder code scifact sts
for model in ${MODELS:-minilm bge-small}; do
  measure "$model" "$model"
  for seed in ${SEEDS:-0 1 2}; do
    name=$model-$seed
    sed "s#DATA#$data#; s#SEED#$seed#" "$here/code-search/$model.yaml" >"$out/$name.yaml"
    sidereal train encoder --recipe "$out/$name.yaml" --to "$out/$name" --json >"$out/$name.json"
    measure "$out/$name/model" "$name"
    if [[ ! -d $out/$name-merged ]]; then
      sidereal merge --models "$model,$out/$name/model" --weights "$kept,$(awk "BEGIN { print 1 - $kept }")" \
        --to "$out/$name-merged"
    fi
    measure "$out/$name-merged" "$name-merged"
    # A query's method has the query's id.
    awk '{ print $1, 0, $1, 1 }' "$out/runs/$model/dense.trec" | sort -u >"$out/code.qrels"
    sidereal compare "$out/runs/$model/dense.trec" "$out/runs/$name/dense.trec" "$out/runs/$name-merged/dense.trec" \
      --qrels "$out/code.qrels" --measures ndcg@10
  done
done
