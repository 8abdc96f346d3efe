/**
 * The views of the page, in the order of the navigation. A new view is one line here and one module under views/ whose
 * default export is the name of its element. The element gets `params` (from the address) and `status` (of the server).
 */
export const views = [
  { path: 'search', title: 'Search', icon: 'search', load: () => import('./views/search.js') },
  { path: 'compare', title: 'Compare', icon: 'compare', load: () => import('./views/compare.js') },
  { path: 'evaluate', title: 'Evaluate', icon: 'evaluate', load: () => import('./views/evaluate.js') },
  { path: 'status', title: 'Status', icon: 'status', load: () => import('./views/status.js') },
];
