#!/usr/bin/env bash
# Strategies of negatives side by side: MiniLM trained for equally many steps on the train part with each, measured on the test
# part. In-batch negatives are in every row; `none` has them alone.
# usage: runs/negatives.sh DATA_FOLDER [OUT_FOLDER]
#   DATA_FOLDER holds java_code_search and scifact; SETS="java_code_search" takes one of them.
#   SEEDS="0 1 2", STEPS=50, STRATEGIES=... by default; what was done before in OUT_FOLDER is not done again.
# A step has 16 queries with 2 mined negatives each, texts of at most 96 tokens; the steps are the same for all.
# Mined with MiniLM as it comes; strategies with a teacher take bge-small; `ance-refresh` mines anew every STEPS/4 steps.
# Time on two cores: some 2 minutes a strategy and seed. Tolerance: .01 of nDCG@10.
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [[ $# -lt 1 || ! -d $1 ]]; then
  echo "usage: runs/negatives.sh DATA_FOLDER [OUT_FOLDER]; DATA_FOLDER holds java_code_search, scifact" >&2
  exit 2
fi
data=$(CDPATH='' cd "$1" && pwd -P)
out=${2:-$here/out/negatives}
steps=${STEPS:-50}
strategies=${STRATEGIES:-none random popularity bm25 naive-topk rank-window topk-shift topk-abs topk-marginpos topk-percpos
  sampled-topk ensemble semi-hard simans trisampler softmax cl-drd ance-refresh conan-refresh cluster tas-balanced mmr
  near-duplicate-cap gist ce-percpos consensus reciprocal counterfactual}
sidereal() { "$here/../sidereal" "$@"; }
figure() { sed -n "s/.*\"$2\" *: *\\([-0-9.eE]*\\).*/\\1/p" "$1" | head -n 1; }

# set, strategy, seed, folder
recipe() {
  echo "model: minilm"
  echo "data:"
  echo "  - format: retrieval"
  echo "    path: $data/$1"
  echo "    split: train"
  case $2 in
    none) echo "    loss: {name: in-batch}" ;;
    *-refresh)
      echo "    loss: {name: f2llm}"
      echo "    mine: {strategy: ${2%-refresh}, encoder: self, refresh: $((steps / 4)), negatives: 2}"
      ;;
    *)
      echo "    loss: {name: f2llm}"
      echo "    negatives: $4/negatives.jsonl"
      ;;
  esac
  echo "dev: 0"
  echo "max-tokens: 96"
  echo "batches: {size: 16, negatives: 2, bucket: 8, seed: $3}"
  echo "training: {steps: $steps, learning-rate: 5e-5, snapshot-every: $steps, evaluate-every: $steps, seed: $3}"
}

# set, strategy, seed
run() {
  local folder=$out/$1/$2-$3 began=$SECONDS
  mkdir -p "$folder"
  if [[ -f $folder/test.json ]]; then return; fi
  recipe "$1" "$2" "$3" "$folder" >"$folder/recipe.yaml"
  if [[ $2 != none && $2 != *-refresh ]]; then
    local teacher=()
    case $2 in tas-balanced | ce-percpos | gist | consensus) teacher=(--teacher bge-small) ;; esac
    sidereal mine --data "$data/$1" --strategy "$2" --encoder minilm ${teacher[@]+"${teacher[@]}"} --negatives 2 --seed "$3" \
      --to "$folder/negatives.jsonl" --json >"$folder/mining.json"
  fi
  sidereal train encoder --recipe "$folder/recipe.yaml" --to "$folder/trained" --json >"$folder/training.json"
  echo $((SECONDS - began)) >"$folder/seconds"
  sidereal evaluate embeddings --retrieval "$data/$1" --encoder "$folder/trained/model" \
    --runs "$folder/runs" --json >"$folder/test.json.part"
  mv "$folder/test.json.part" "$folder/test.json"
  rm -rf "$folder/trained"
}

for set in ${SETS:-java_code_search scifact}; do
  for seed in ${SEEDS:-0 1 2}; do
    for strategy in $strategies; do
      run "$set" "$strategy" "$seed"
      printf '%-17s %-20s seed %s  ndcg@10 %.4f  %s s\n' "$set" "$strategy" "$seed" \
        "$(figure "$out/$set/$strategy-$seed/test.json" ndcg@10)" "$(cat "$out/$set/$strategy-$seed/seconds")"
    done
  done
done
