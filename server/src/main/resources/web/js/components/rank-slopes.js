import { html, nothing, svg } from 'lit';
import { plural } from '../format.js';

const ROW = 64;

/**
 * Two lists of results with a line for each that is in both. `names` are the lists' names; `href` makes the address of a
 * hit.
 */
export function rankSlopes({ left, right, names, href }) {
  const there = new Map(right.map((hit, i) => [hit.id, i]));
  const here = new Map(left.map((hit, i) => [hit.id, i]));
  const shared = left.filter((hit) => there.has(hit.id)).length;
  const rows = Math.max(left.length, right.length);
  return html`
    <p class="tally">
      ${plural(shared, 'result')} in both lists, ${left.length - shared} only in A, ${right.length - shared} only in B.
    </p>
    <div class="slopes">
      ${list(left, names[0], href, () => nothing)}
      <svg class="slope-lines" viewBox="0 0 100 ${rows * ROW}" preserveAspectRatio="none" aria-hidden="true">
        ${left.map((hit, i) => (there.has(hit.id) ? line(i, there.get(hit.id)) : nothing))}
      </svg>
      ${list(right, names[1], href, (hit, i) => move(here.get(hit.id), i))}
    </div>
  `;
}

function list(hits, name, href, note) {
  return html`
    <section class="slope-list">
      <h2>${name}</h2>
      ${hits.length === 0 ? html`<p class="quiet">Nothing found.</p>` : nothing}
      <ol>
        ${hits.map(
          (hit, i) => html`
            <li class="slope-hit">
              <span class="hit-rank" aria-hidden="true">${i + 1}</span>
              <a href=${href(hit)} title=${hit.title || hit.id}>
                <b>${hit.title || hit.id}</b>
                ${hit.heading && hit.heading !== hit.title ? html`<span>${hit.heading}</span>` : nothing}
              </a>
              ${note(hit, i)}
            </li>
          `,
        )}
      </ol>
    </section>
  `;
}

function line(from, to) {
  const [y1, y2] = [from, to].map((place) => (place + 0.5) * ROW);
  const kind = to < from ? 'up' : to > from ? 'down' : 'level';
  return svg`<path class=${kind} d="M0 ${y1} C 45 ${y1}, 55 ${y2}, 100 ${y2}" />`;
}

function move(before, now) {
  if (before === undefined) {
    return html`<span class="move new">new</span>`;
  }
  const up = before - now;
  if (up === 0) {
    return html`<span class="move" aria-label="same rank">=</span>`;
  }
  const words = `${up > 0 ? 'up' : 'down'} ${Math.abs(up)}`;
  return html`<span class="move ${up > 0 ? 'up' : 'down'}" role="img" aria-label=${words}>${up > 0 ? '▲' : '▼'}${Math.abs(up)}</span>`;
}
