import { html, nothing } from 'lit';
import { legName, score } from '../format.js';

/** Each leg's own rank of a hit, side by side; a dash where the leg did not find it. */
export function legRanks(legs) {
  if (!legs?.length) {
    return nothing;
  }
  return html`
    <dl class="leg-ranks" aria-label="Rank by each leg alone">
      ${legs.map(
        (leg, place) => html`
          <div class="leg leg-${place}" title=${meaning(leg)}>
            <dt>${legName(leg.leg)}</dt>
            <dd class=${leg.rank ? '' : 'missed'}>
              ${leg.rank ? leg.rank : html`<span aria-hidden="true">–</span><span class="unseen">not found</span>`}
            </dd>
          </div>
        `,
      )}
    </dl>
  `;
}

function meaning(leg) {
  return leg.rank
    ? `${legName(leg.leg)} alone ranks this ${leg.rank}, score ${score(leg.score)}`
    : `${legName(leg.leg)} alone does not find this`;
}
