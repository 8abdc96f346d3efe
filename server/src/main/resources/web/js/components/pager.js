import { html, nothing } from 'lit';
import { count } from '../format.js';

/** Links to the page before and after. `href` makes the address of a page, counted from 1; `more` is whether there is a next one. */
export function pager({ page, more, total, size, href }) {
  if (page === 1 && !more) {
    return nothing;
  }
  const from = (page - 1) * size + 1;
  return html`
    <nav class="pager" aria-label="Pages of results">
      ${page > 1 ? html`<a class="button" rel="prev" href=${href(page - 1)}>Previous</a>` : html`<span></span>`}
      <span class="quiet">${count(from)}–${count(from + total - 1)}</span>
      ${more ? html`<a class="button" rel="next" href=${href(page + 1)}>Next</a>` : html`<span></span>`}
    </nav>
  `;
}
