import { html, nothing } from 'lit';
import { legName } from '../format.js';

/**
 * What each leg adds to a blend, in a sentence: the results of this page that the other legs alone would have put lower
 * or not found at all.
 */
export function whatLegsAdd({ results, offset, k }) {
  const legs = results[0]?.legs.map((leg) => leg.leg) ?? [];
  if (legs.length < 2) {
    return nothing;
  }
  const last = offset + k;
  const [first, ...others] = legs;
  return html`
    <ul class="insight">
      ${others.map((leg) => html`<li>${sentence(results, leg, first, last)}</li>`)}
    </ul>
  `;
}

function sentence(results, leg, without, last) {
  const position = (hit, name) => hit.legs.find((l) => l.leg === name)?.rank || Infinity;
  const lifted = results.filter((hit) => position(hit, without) > last && position(hit, leg) <= last);
  const better = results.filter((hit) => position(hit, leg) < position(hit, without));
  const name = legName(leg);
  const other = legName(without);
  if (lifted.length > 0) {
    const one = lifted.length === 1;
    return html`<b>${name}</b> brought in ${one ? 'result' : 'results'} ${ranks(lifted)}: ${other} alone has
      ${one ? 'it' : 'them'} below ${last} or not at all.`;
  }
  if (better.length > 0) {
    return html`<b>${name}</b> ranks ${better.length === 1 ? 'result' : 'results'} ${ranks(better)} higher than ${other} alone;
      ${other} has all of them among its first ${last}.`;
  }
  return html`<b>${name}</b> adds nothing here: ${other} alone ranks each of these at least as high.`;
}

function ranks(hits) {
  const all = hits.map((hit) => String(hit.rank));
  return all.length === 1 ? all[0] : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
