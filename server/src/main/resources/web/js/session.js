/** Who asks: kept for this tab only and never put into the address. */

const KEY = 'sidereal.key';
const AS = 'sidereal.as';

export const session = {
  get key() {
    return sessionStorage.getItem(KEY) ?? '';
  },
  set key(value) {
    store(KEY, value);
  },
  /** The principal to be seen as, such as `ann,group:staff`; empty for oneself. */
  get as() {
    return sessionStorage.getItem(AS) ?? '';
  },
  set as(value) {
    store(AS, value);
  },
};

function store(name, value) {
  if (value) {
    sessionStorage.setItem(name, value);
  } else {
    sessionStorage.removeItem(name);
  }
  window.dispatchEvent(new Event('sidereal:session'));
}
