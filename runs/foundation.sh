#!/usr/bin/env bash
# Retrieval quality of bm25, dense and hybrid with bge-small, untuned, on four public sets, floors beside.
# usage: runs/foundation.sh DATA_FOLDER [OUT_FOLDER]
#   DATA_FOLDER holds scifact, cranfield, java_code_search, nfcorpus_prep, each in the BEIR layout.
#   OUT_FOLDER keeps TREC runs and the JSON of each evaluation; default runs/out/foundation.
# Seeds: nothing here is random. Time on two cores: some 15 minutes the first time, less with cached vectors.
# Tolerance: .002 of nDCG@10; vectors differ in the last bits between processors.
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [[ $# -lt 1 || ! -d $1 ]]; then
  echo "usage: runs/foundation.sh DATA_FOLDER [OUT_FOLDER]; DATA_FOLDER holds scifact, cranfield, java_code_search, nfcorpus_prep" >&2
  exit 2
fi
data=$1
out=${2:-$here/out/foundation}
encoder=bge-small
mkdir -p "$out"

# nDCG@10 of others on the same files: their own figures where published, else plain baselines.
floors() {
  case $1 in
    scifact) echo "BM25 (Anserini) .680; bge-small .710; rank fusion .726; z-score fusion with MaxSim .757" ;;
    cranfield) echo "BM25 .351; bge-small .400; rank fusion .415; z-score fusion with MaxSim .439" ;;
    java_code_search) echo "BM25 .391; bge-small .701; rank fusion .560" ;;
    nfcorpus_prep) echo "BM25 .332" ;;
  esac
}

field() { sed -n "s/.*\"$2\" *: *\\([-0-9.eE]*\\).*/\\1/p" <<<"$1"; }

# trec_eval wants four columns without a header.
trec_qrels() {
  local folder=$1 file
  for file in "$folder"/qrels/test.tsv "$folder"/qrels.test.tsv "$folder"/qrels.tsv; do
    for file in "$file" "$file.gz"; do
      if [[ -f $file ]]; then
        if [[ $file == *.gz ]]; then gzip -dc "$file"; else cat "$file"; fi |
          awk -F '\t' 'NR > 1 { print $1, 0, $2, $NF }'
        return 0
      fi
    done
  done
  return 1
}

printf '%-17s %-7s %8s %10s %8s  %s\n' data system ndcg@10 trec_eval p50_ms floors
for set in scifact cranfield java_code_search nfcorpus_prep; do
  if [[ ! -d $data/$set ]]; then
    echo "$set: not in $data, left out" >&2
    continue
  fi
  "$here/../sidereal" evaluate retrieval --data "$data/$set" --systems bm25,dense,hybrid --encoder "$encoder" \
    --runs "$out/$set" --json >"$out/$set.json"
  rows=$(grep -o '{[^{}]*"system"[^{}]*}' "$out/$set.json")
  while IFS= read -r row; do
    system=$(sed -n 's/.*"system" *: *"\([^"]*\)".*/\1/p' <<<"$row")
    reference=-
    if command -v trec_eval >/dev/null && trec_qrels "$data/$set" >"$out/$set.qrels"; then
      reference=$(trec_eval -m ndcg_cut.10 "$out/$set.qrels" "$out/$set/$system.trec" | awk '{ print $3 }')
    fi
    printf '%-17s %-7s %8.4f %10s %8.2f  %s\n' "$set" "$system" "$(field "$row" 'ndcg@10')" "$reference" \
      "$(field "$row" 'p50_ms')" "$(floors "$set")"
  done <<<"$rows"
done
