/** The address keeps the state of a view: `#/search?q=sort&system=dense`. */

/** The view's path and its parameters, as the address says now. */
export function current() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  return { path: path || 'search', params: Object.fromEntries(new URLSearchParams(query)) };
}

/** The address of a view; parameters without a value are left out. */
export function address(path, params = {}) {
  const kept = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const query = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
  return query ? `#/${path}?${query}` : `#/${path}`;
}

/** Goes there. `replace` leaves no entry in the history: for what changes with every key. */
export function go(path, params, { replace = false } = {}) {
  const to = address(path, params);
  if (to === location.hash) {
    return;
  }
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  window.dispatchEvent(new Event('sidereal:route'));
}

/** Calls back whenever the address changes, however it came to change. */
export function onRoute(callback) {
  window.addEventListener('hashchange', callback);
  window.addEventListener('popstate', callback);
  window.addEventListener('sidereal:route', callback);
}
