#!/usr/bin/env bash
# Recommendation on amazon14_beauty: the baselines that every learned model is held against, full ranking of all items,
# leave last out, fitted on the training part; figures of others beside.
# usage: runs/beauty.sh DATA_FOLDER [OUT_FOLDER]
#   DATA_FOLDER holds amazon14_beauty. OUT_FOLDER keeps trained models, the rank of each user's item, and the JSON; default
#   runs/out/beauty. SEEDS="1 2 3" and SYSTEMS=... by default as below.
# Chosen on the validation part: settings of adjacency-tuned, weights of mixtures, when SASRec stops.
# Time on two cores: about 8 minutes a seed for SASRec, 2 for everything else. Tolerance: .003 of recall@10 between seeds,
# nothing for what is counted.
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [[ $# -lt 1 || ! -d $1/amazon14_beauty ]]; then
  echo "usage: runs/beauty.sh DATA_FOLDER [OUT_FOLDER]; DATA_FOLDER holds amazon14_beauty" >&2
  exit 2
fi
data=$1/amazon14_beauty
out=${2:-$here/out/beauty}
systems=${SYSTEMS:-popularity,itemknn,adjacency,adjacency-tuned,content,bm25,adjacency-content,sasrec,mixture}
mkdir -p "$out"

field() { sed -n "s/.*\"$2\" *: *\\([-0-9.eE]*\\).*/\\1/p" <<<"$1"; }
text() { sed -n "s/.*\"$2\" *: *\"\\([^\"]*\\)\".*/\\1/p" <<<"$1"; }

echo "floors, R@5 N@5 R@10 N@10: TIGER .0454 .0321 .0648 .0384; adjacency .0561 .0410 .0765 .0476;"
echo "  SASRec with full softmax .0653 .0460 .0902 .0541; its mixture with adjacency and titles .0753 .0534 .1083 .0641"
printf '%-5s %-18s %9s %7s %9s %7s %10s %11s %8s\n' seed system recall@5 ndcg@5 recall@10 ndcg@10 valid_rate users_per_s train_s
for seed in ${SEEDS:-1 2 3}; do
  "$here/../sidereal" evaluate recommend --data "$data" --systems "$systems" --seed "$seed" --workspace "$out/$seed" \
    --json >"$out/$seed.json"
  rows=$(sed 's/"differences".*//' "$out/$seed.json" | grep -o '{[^{}]*"system"[^{}]*}')
  while IFS= read -r row; do
    printf '%-5s %-18s %9.4f %7.4f %9.4f %7.4f %10.4f %11.0f %8.1f\n' "$seed" "$(text "$row" system)" \
      "$(field "$row" 'recall@5')" "$(field "$row" 'ndcg@5')" "$(field "$row" 'recall@10')" \
      "$(field "$row" 'ndcg@10')" "$(field "$row" valid_rate)" "$(field "$row" users_per_s)" "$(field "$row" train_s)"
  done <<<"$rows"
done
