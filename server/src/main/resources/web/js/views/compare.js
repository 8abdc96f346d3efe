import { html, nothing } from 'lit';
import { api, isAborted } from '../api.js';
import '../components/document-drawer.js';
import { icon } from '../components/icon.js';
import { emptyNotice, problemNotice, skeleton } from '../components/notices.js';
import { rankSlopes } from '../components/rank-slopes.js';
import { systemSwitch } from '../components/system-switch.js';
import { legName } from '../format.js';
import { listKeys } from '../list-keys.js';
import { address, go } from '../router.js';
import { View, announce } from '../view.js';

const SHOWN = 10;
const PAUSE_MS = 150;
const SIDES = ['a', 'b'];

/** The same query under two settings, side by side, with each result's way from one list to the other. */
class CompareView extends View {
  static properties = { answers: { state: true }, problems: { state: true } };

  constructor() {
    super();
    this.answers = {};
    this.problems = {};
    this.asked = {};
    this.loading = {};
    this.onSession = () => this.askAll(true);
  }

  connectedCallback() {
    super.connectedCallback();
    this.stopKeys = listKeys(this, { item: '.slope-hit', focus: 'a', why: 'a', field: '#cq' });
    window.addEventListener('sidereal:session', this.onSession);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stopKeys();
    window.removeEventListener('sidereal:session', this.onSession);
    clearTimeout(this.pause);
    Object.values(this.loading).forEach((loading) => loading.abort());
  }

  get systems() {
    const legs = this.status?.index.legs ?? [];
    return legs.length > 1 ? [...legs, 'hybrid'] : legs;
  }

  /** What a side asks for: system, filter, principal. */
  setting(side) {
    const fallback = side === 'a' ? this.systems[0] : this.systems.at(-1);
    return {
      system: this.params[`${side}s`] ?? fallback,
      filter: this.params[`${side}f`] ?? '',
      as: this.params[`${side}p`] ?? '',
    };
  }

  updated(changed) {
    if (changed.has('params') || changed.has('status')) {
      this.askAll(false);
    }
  }

  askAll(again) {
    if (this.status) {
      SIDES.forEach((side) => this.ask(side, again));
    }
  }

  async ask(side, again) {
    const query = (this.params.q ?? '').trim();
    const { system, filter, as } = this.setting(side);
    const asked = JSON.stringify([query, system, filter, as]);
    if (asked === this.asked[side] && !again) {
      return;
    }
    this.asked[side] = asked;
    this.loading[side]?.abort();
    if (!query) {
      this.answers = {};
      this.problems = {};
      return;
    }
    const loading = new AbortController();
    this.loading[side] = loading;
    try {
      const answer = await api.search({ query, k: SHOWN, filter, system }, { signal: loading.signal, as: as || undefined });
      this.answers = { ...this.answers, [side]: answer };
      this.problems = { ...this.problems, [side]: null };
      announce(`${side.toUpperCase()}: ${answer.results.length} results`);
    } catch (error) {
      if (!isAborted(error)) {
        this.problems = { ...this.problems, [side]: error };
      }
    }
  }

  change(params, options) {
    go('compare', { ...this.params, doc: undefined, passage: undefined, ...params }, options);
  }

  typed(event) {
    clearTimeout(this.pause);
    const q = event.target.value;
    this.pause = setTimeout(() => this.change({ q }, { replace: true }), PAUSE_MS);
  }

  render() {
    return html`
      <div class="wrap compare">
        <h1>Compare two settings</h1>
        <form class="ask" role="search" @submit=${(event) => event.preventDefault()}>
          <label class="unseen" for="cq">Query</label>
          ${icon('search')}
          <input id="cq" type="search" autocomplete="off" spellcheck="false" placeholder="One query for both"
            .value=${this.params.q ?? ''} @input=${this.typed} />
        </form>
        <div class="settings">${SIDES.map((side) => this.settings(side))}</div>
        ${this.outcome()}
      </div>
      <document-drawer
        .docId=${this.params.doc ?? ''}
        .passage=${Number(this.params.passage ?? -1)}
        .close=${() => go('compare', { ...this.params, doc: undefined, passage: undefined })}
      ></document-drawer>
    `;
  }

  settings(side) {
    const { system, filter, as } = this.setting(side);
    const problem = this.problems[side];
    const name = side.toUpperCase();
    return html`
      <fieldset class="setting">
        <legend>${name}</legend>
        ${this.systems.length > 1
          ? systemSwitch({
              name: `system-${side}`,
              label: `System of ${name}`,
              systems: this.systems,
              value: system,
              change: (value) => this.change({ [`${side}s`]: value }),
            })
          : nothing}
        <label class="field">
          <span>Filter</span>
          <input class="mono" type="text" spellcheck="false" autocomplete="off" placeholder="none" .value=${filter}
            aria-invalid=${problem?.aboutFilter ? 'true' : 'false'} aria-describedby="problem-${side}"
            @change=${(event) => this.change({ [`${side}f`]: event.target.value.trim() })} />
        </label>
        ${this.status?.principal.may_switch
          ? html`<label class="field">
              <span>Seen as</span>
              <input type="text" spellcheck="false" autocomplete="off" placeholder="as the page" .value=${as}
                @change=${(event) => this.change({ [`${side}p`]: event.target.value.trim() })} />
            </label>`
          : nothing}
        <p class="filter-problem sentence" id="problem-${side}" role="status">${problem?.aboutFilter ? problem.message : ''}</p>
      </fieldset>
    `;
  }

  outcome() {
    const query = (this.params.q ?? '').trim();
    if (!query) {
      return emptyNotice('Nothing to compare yet', 'Write a query above. Both settings answer it, and lines show where each result goes.');
    }
    const problem = SIDES.map((side) => this.problems[side]).find((p) => p && !p.aboutFilter);
    if (problem) {
      return problemNotice(problem, () => this.askAll(true));
    }
    const [a, b] = SIDES.map((side) => this.answers[side]);
    if (!a || !b) {
      return SIDES.some((side) => this.problems[side]) ? nothing : skeleton(5, 2);
    }
    return rankSlopes({
      left: a.results,
      right: b.results,
      names: SIDES.map((side) => `${side.toUpperCase()} · ${legName(this.setting(side).system)}`),
      href: (hit) => address('compare', { ...this.params, doc: hit.id, passage: hit.passage }),
    });
  }
}

customElements.define('compare-view', CompareView);

export default 'compare-view';
