import { html, nothing } from 'lit';
import { count } from '../format.js';
import { icon } from './icon.js';
import { legRanks } from './leg-ranks.js';
import { markedText } from './marked-text.js';
import './why-hit.js';

/**
 * One result. `href` opens its document; `why` is the request that explains it while that is shown, otherwise null;
 * `toggleWhy` shows or hides it; `openPassage` gets an ordinal.
 */
export function hitCard({ hit, href, why, toggleWhy, openPassage }) {
  const place = `hit-${hit.rank}`;
  return html`
    <li class="hit" data-id=${hit.id}>
      <span class="hit-rank" aria-hidden="true">${count(hit.rank)}</span>
      <div class="hit-body">
        <h2>
          <a class="hit-title" href=${href}>${hit.title || hit.id}</a>
          ${hit.heading && hit.heading !== hit.title ? html`<span class="hit-heading">${hit.heading}</span>` : nothing}
        </h2>
        <p class="snippet">${markedText(hit.snippet.text, hit.snippet.marks)}</p>
        <p class="hit-meta">
          <span class="hit-id">${hit.id}</span>
          ${Object.entries(hit.fields ?? {})
            .filter(([, value]) => !isAddress(value))
            .map(([name, value]) => html`<span><span class="unseen">${name}: </span>${shown(value)}</span>`)}
          <button class="link why-switch" type="button" aria-expanded=${why ? 'true' : 'false'} aria-controls=${place} @click=${toggleWhy}>
            Why<span class="unseen"> was ${hit.title || hit.id} found</span>${icon('chevron')}
          </button>
        </p>
      </div>
      ${legRanks(hit.legs)}
      <div class="hit-why" id=${place}>
        ${why ? html`<why-hit .request=${why} .open=${openPassage}></why-hit>` : nothing}
      </div>
    </li>
  `;
}

/** Whether a field's value is the address of a page. */
export function isAddress(value) {
  return typeof value === 'string' && /^https?:\/\//.test(value);
}

/** A field's value in words. */
export function shown(value) {
  if (Array.isArray(value)) {
    return value.join(', ');
  }
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT00:00(:00)?Z$/.test(value) ? value.slice(0, 10) : String(value);
}
