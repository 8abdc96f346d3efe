/** Numbers and names as people read them. */

const LEGS = { bm25: 'BM25', dense: 'Dense', hybrid: 'Hybrid', sparse: 'Sparse', late: 'Late' };
const LEG_MEANINGS = {
  bm25: 'words alone',
  dense: 'vectors alone',
  hybrid: 'words and vectors',
  sparse: 'learned words',
  late: 'late interaction',
};

const whole = new Intl.NumberFormat('en');

export const count = (number) => whole.format(number);

/** `1 item`, `2,000 items`. */
export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** The name of a leg or system for people. */
export const legName = (leg) => LEGS[leg] ?? leg;

/** What a leg or system goes by, in a few words; empty if not known. */
export const legMeaning = (leg) => LEG_MEANINGS[leg] ?? '';

/** A score with three digits that matter. */
export function score(number) {
  const size = Math.abs(number);
  return number.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

/** Milliseconds with a unit. */
export function millis(number) {
  return number >= 1000 ? `${(number / 1000).toFixed(2)} s` : `${number.toFixed(number >= 10 ? 0 : number >= 1 ? 1 : 2)} ms`;
}

export function seconds(number) {
  return number >= 60 ? `${Math.floor(number / 60)} min ${Math.round(number % 60)} s` : `${number.toFixed(1)} s`;
}

/** Bytes with a unit, powers of 1,000. */
export function bytes(number) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let step = 0;
  let rest = number;
  while (rest >= 1000 && step < units.length - 1) {
    rest /= 1000;
    step++;
  }
  return `${step === 0 || rest >= 100 ? Math.round(rest) : rest.toFixed(1)} ${units[step]}`;
}

/** An ISO moment in the reader's own time. */
export function moment(iso) {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}
