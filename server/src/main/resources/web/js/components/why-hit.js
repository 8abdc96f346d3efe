import { html, nothing } from 'lit';
import { api, isAborted } from '../api.js';
import { legName, score } from '../format.js';
import { View } from '../view.js';
import { problemNotice, skeleton } from './notices.js';

const PARTS_SHOWN = 8;

/**
 * Why a hit was found: what each leg adds to its score, by which words or similarity, and which passage the leg likes
 * best. `open` is called with the ordinal of a passage to be read.
 */
class WhyHit extends View {
  static properties = {
    request: { attribute: false },
    open: { attribute: false },
    explanation: { state: true },
    problem: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('request')) {
      this.load();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.loading?.abort();
  }

  async load() {
    this.loading?.abort();
    this.loading = new AbortController();
    this.problem = null;
    try {
      this.explanation = await api.explain(this.request, { signal: this.loading.signal });
    } catch (error) {
      if (!isAborted(error)) {
        this.problem = error;
      }
    }
  }

  render() {
    if (this.problem) {
      return problemNotice(this.problem, () => this.load());
    }
    if (!this.explanation) {
      return skeleton(1, 4);
    }
    const { score: total, legs } = this.explanation;
    return html`
      <div class="why">
        ${legs.length > 1 ? this.sum(total, legs) : nothing}
        <div class="why-legs">${legs.map((leg, place) => this.leg(leg, place))}</div>
      </div>
    `;
  }

  sum(total, legs) {
    const size = legs.reduce((sum, leg) => sum + Math.max(0, leg.contribution), 0) || 1;
    return html`
      <div class="sum">
        <p>
          Score <b>${score(total)}</b> =
          ${legs.map((leg, i) => html`${i ? ' + ' : ''}<b>${score(leg.contribution)}</b> from ${legName(leg.leg)}`)}
        </p>
        <div class="stack" aria-hidden="true">
          ${legs.map(
            (leg, place) =>
              html`<span class="fill-${place}" .style=${`width: ${(100 * Math.max(0, leg.contribution)) / size}%`}></span>`,
          )}
        </div>
      </div>
    `;
  }

  leg(leg, place) {
    const best = Math.max(...leg.parts.map((part) => Math.abs(part.score)), Number.MIN_VALUE);
    const rest = leg.parts.length - PARTS_SHOWN;
    return html`
      <section class="why-leg">
        <h3><span class="dot fill-${place}" aria-hidden="true"></span>${legName(leg.leg)}</h3>
        <p class="quiet">
          ${leg.rank ? html`rank ${leg.rank} of its own list, score ${score(leg.score)}` : 'does not find it by itself'}
        </p>
        <ul class="parts">
          ${leg.parts.slice(0, PARTS_SHOWN).map(
            (part) => html`
              <li>
                <span class="part-what">${part.what}</span>
                <span class="part-bar" aria-hidden="true">
                  <span class="fill-${place}" .style=${`width: ${(100 * Math.abs(part.score)) / best}%`}></span>
                </span>
                <span class="part-score">${score(part.score)}</span>
              </li>
            `,
          )}
        </ul>
        ${rest > 0 ? html`<p class="quiet small">and ${rest} more</p>` : nothing}
        ${this.passage(leg)}
      </section>
    `;
  }

  passage({ passage }) {
    if (!passage || !(passage.text || passage.heading)) {
      return nothing;
    }
    return html`
      <blockquote class="why-passage">
        ${passage.heading ? html`<b>${passage.heading}</b>` : nothing}
        <span class="clamp">${passage.text}</span>
      </blockquote>
      <button class="link" type="button" @click=${() => this.open?.(passage.ordinal)}>
        Read this passage<span class="unseen"> of ${passage.heading || 'the item'}</span>
      </button>
    `;
  }
}

customElements.define('why-hit', WhyHit);
