import { html, nothing } from 'lit';
import { count } from '../format.js';
import { isAddress } from './hit-card.js';

const SHOWN = 6;

/** Fields with their values and how many items have each; `picked` says which are on, `toggle` gets field and value. */
export function facetList({ facets, picked, toggle }) {
  const useful = facets.filter((facet) => facet.values.length > 0 && !facet.values.some(({ value }) => isAddress(value)));
  if (useful.length === 0) {
    return nothing;
  }
  return useful.map((facet) => {
    const on = picked(facet.field);
    return html`
      <fieldset class="facet">
        <legend>${facet.field}</legend>
        ${facet.values.slice(0, SHOWN).map((value) => choice(facet.field, value, on, toggle))}
        ${facet.values.length > SHOWN
          ? html`<details>
              <summary>${facet.values.length - SHOWN} more<span class="unseen"> values of ${facet.field}</span></summary>
              ${facet.values.slice(SHOWN).map((value) => choice(facet.field, value, on, toggle))}
            </details>`
          : nothing}
      </fieldset>
    `;
  });
}

function choice(field, { value, items }, on, toggle) {
  return html`
    <label class="choice">
      <input type="checkbox" .checked=${on.includes(String(value))} @change=${() => toggle(field, String(value))} />
      <span class="choice-name">${value}</span>
      <span class="choice-count">${count(items)}</span>
    </label>
  `;
}
