import { html, nothing } from 'lit';
import { api, isAborted } from '../api.js';
import '../components/document-drawer.js';
import { facetList } from '../components/facet-list.js';
import { conditionChips } from '../components/filter-editor.js';
import { hitCard } from '../components/hit-card.js';
import { icon } from '../components/icon.js';
import { emptyNotice, problemNotice, skeleton } from '../components/notices.js';
import { pager } from '../components/pager.js';
import { systemSwitch } from '../components/system-switch.js';
import { whatLegsAdd } from '../components/what-legs-add.js';
import { picked, toggled, without } from '../filter-text.js';
import { count, legName, millis, plural } from '../format.js';
import { listKeys } from '../list-keys.js';
import { address, go } from '../router.js';
import { View, announce } from '../view.js';

const PAGE = 10;
const PAUSE_MS = 120;
const FACET_TYPES = ['keyword', 'set', 'boolean'];

/** Search as you type. The address holds query, system, filter, page, and the document that is open. */
class SearchView extends View {
  static properties = {
    answer: { state: true },
    facets: { state: true },
    problem: { state: true },
    busy: { state: true },
    explained: { state: true },
  };

  constructor() {
    super();
    this.facets = [];
    this.explained = new Set();
    this.asked = '';
    this.stopKeys = null;
    this.onSession = () => this.search();
  }

  connectedCallback() {
    super.connectedCallback();
    this.stopKeys = listKeys(this, { item: '.hit', focus: '.hit-title', why: '.why-switch', field: '#q' });
    window.addEventListener('sidereal:session', this.onSession);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stopKeys();
    window.removeEventListener('sidereal:session', this.onSession);
    clearTimeout(this.pause);
    this.loading?.abort();
  }

  get page() {
    return Math.max(1, Number.parseInt(this.params.page ?? '1', 10) || 1);
  }

  get filter() {
    return this.params.filter ?? '';
  }

  get fields() {
    return this.status?.index.fields ?? {};
  }

  updated(changed) {
    if (changed.has('params') || changed.has('status')) {
      const { q, system, filter } = this.params;
      const asked = JSON.stringify([q, system, filter, this.page, Object.keys(this.fields)]);
      if (this.status && asked !== this.asked) {
        this.asked = asked;
        this.search();
      }
    }
  }

  async search() {
    this.loading?.abort();
    const query = (this.params.q ?? '').trim();
    if (!query || !this.status) {
      this.answer = null;
      this.problem = null;
      this.busy = false;
      return;
    }
    this.loading = new AbortController();
    const { signal } = this.loading;
    this.busy = true;
    const names = Object.keys(this.fields).filter((name) => FACET_TYPES.includes(this.fields[name]));
    const request = { query, k: PAGE, offset: (this.page - 1) * PAGE, filter: this.filter, facets: names };
    if (this.params.system) {
      request.system = this.params.system;
    }
    try {
      const [answer, facets] = await Promise.all([api.search(request, { signal }), this.wider(names, query, signal)]);
      if (this.answer?.query !== answer.query || this.answer?.system !== answer.system) {
        this.explained = new Set();
      }
      this.answer = answer;
      this.facets = answer.facets.map((facet) => facets.get(facet.field) ?? facet);
      this.problem = null;
      announce(answer.results.length ? `${plural(answer.results.length, 'result')} for ${query}` : `Nothing found for ${query}`);
    } catch (error) {
      if (isAborted(error)) {
        return;
      }
      this.problem = error;
    }
    this.busy = false;
  }

  /** Counts of a field with values picked, as if they were not, so that others can be picked too. What is wrong with the filter, the search says. */
  async wider(names, q, signal) {
    const found = await Promise.all(
      names
        .filter((name) => picked(this.filter, name).length > 0)
        .map((name) => api.facets({ fields: name, q, filter: without(this.filter, name) }, { signal }).catch(() => ({ facets: [] }))),
    );
    return new Map(found.flatMap((answer) => answer.facets).map((facet) => [facet.field, facet]));
  }

  change(params, options) {
    go('search', { ...this.params, page: undefined, doc: undefined, passage: undefined, ...params }, options);
  }

  typed(event) {
    clearTimeout(this.pause);
    const q = event.target.value;
    this.pause = setTimeout(() => this.change({ q }, { replace: true }), PAUSE_MS);
  }

  submitted(event) {
    event.preventDefault();
    clearTimeout(this.pause);
    this.change({ q: event.target.elements.q.value });
    this.querySelector('.hit-title')?.focus();
  }

  render() {
    const systems = this.answer?.systems ?? systemsOf(this.status);
    const query = (this.params.q ?? '').trim();
    return html`
      <div class="wrap search ${query ? '' : 'start'}">
        <h1 class=${query ? 'unseen' : ''}>${query ? 'Search' : (this.status ? `Search ${this.status.index.name}` : 'Search')}</h1>
        <form class="ask" role="search" @submit=${this.submitted}>
          <label class="unseen" for="q">Search</label>
          ${icon('search')}
          <input id="q" name="q" type="search" autocomplete="off" spellcheck="false" autofocus
            placeholder="Ask in your own words" .value=${this.params.q ?? ''} @input=${this.typed} />
          <span class="busy" ?hidden=${!this.busy} aria-hidden="true"></span>
        </form>
        ${query ? this.controls(systems) : this.start()}
        ${query ? this.found() : nothing}
      </div>
      <document-drawer
        .docId=${this.params.doc ?? ''}
        .passage=${Number(this.params.passage ?? -1)}
        .close=${() => go('search', { ...this.params, doc: undefined, passage: undefined })}
      ></document-drawer>
    `;
  }

  start() {
    const index = this.status?.index;
    if (!index) {
      return nothing;
    }
    const questions = index.questions ?? [];
    return html`
      <p class="quiet">${plural(index.items, 'item')}, ${plural(index.passages, 'passage')}, searched by ${index.legs.map(legName).join(' and ')}.</p>
      ${questions.length
        ? html`<h2 class="small-title">Try a question</h2>
            <ul class="questions">
              ${questions.map((q) => html`<li><a class="question" href=${address('search', { q })}>${q}</a></li>`)}
            </ul>`
        : nothing}
    `;
  }

  controls(systems) {
    return html`
      <div class="controls">
        ${systems.length > 1
          ? systemSwitch({
              name: 'system',
              label: 'Search by',
              systems,
              value: this.params.system ?? this.answer?.system ?? systems.at(-1),
              change: (system) => this.change({ system }),
            })
          : nothing}
        <a class="link" href=${address('compare', { q: this.params.q, af: this.filter, bf: this.filter })}>Compare settings</a>
        <p class="tally quiet">${this.tally()}</p>
      </div>
    `;
  }

  tally() {
    if (!this.answer || this.problem) {
      return nothing;
    }
    const { matching, millis: took } = this.answer;
    return html`<span>${plural(matching, 'item')} ${matching === 1 ? 'shares' : 'share'} a word with the query</span> <span class="num">${millis(took.search)}</span>`;
  }

  found() {
    const filterProblem = this.problem?.aboutFilter ? this.problem.message : '';
    const suggestions = Object.fromEntries(this.facets.map((facet) => [facet.field, facet.values.map((v) => String(v.value))]));
    const facets = facetList({
      facets: this.facets,
      picked: (field) => picked(this.filter, field),
      toggle: (field, value) => this.change({ filter: toggled(this.filter, field, value) }),
    });
    return html`
      <div class="columns">
        <aside class="side" aria-label="Filters">
          <details class="side-fold" ?open=${window.innerWidth >= 900 || Boolean(filterProblem)}>
            <summary>${icon('filter')}Filters</summary>
            ${facets}
            <details class="more-filter" ?open=${Boolean(filterProblem)}>
              <summary>Write a filter</summary>
              <filter-editor
                .fields=${this.fields}
                .value=${this.filter}
                .problem=${filterProblem}
                .suggestions=${suggestions}
                .change=${(filter) => this.change({ filter })}
              ></filter-editor>
            </details>
          </details>
        </aside>
        <section class="results" aria-label="Results" aria-busy=${this.busy ? 'true' : 'false'}>
          ${conditionChips(this.filter, (filter) => this.change({ filter }))} ${this.results(filterProblem)}
        </section>
      </div>
    `;
  }

  results(filterProblem) {
    if (this.problem && !filterProblem) {
      return problemNotice(this.problem, () => this.search());
    }
    if (!this.answer) {
      return filterProblem ? emptyNotice('The filter cannot be used', 'What is wrong is written beside it.') : skeleton(5);
    }
    const { results, legs } = { legs: [], ...this.answer };
    if (results.length === 0) {
      return this.nothingFound();
    }
    return html`
      ${whatLegsAdd(this.answer)}
      <ol class="hits" start=${results[0].rank}>
        ${results.map((hit) => this.hit(hit, legs))}
      </ol>
      ${pager({
        page: this.page,
        more: results.length === PAGE,
        total: results.length,
        size: PAGE,
        href: (page) => address('search', { ...this.params, page: page === 1 ? undefined : page, doc: undefined }),
      })}
    `;
  }

  hit(hit) {
    const href = (passage) => address('search', { ...this.params, doc: hit.id, passage });
    const why = { query: this.answer.query, id: hit.id, system: this.answer.system, filter: this.filter };
    return hitCard({
      hit,
      href: href(hit.passage),
      why: this.explained.has(hit.id) ? this.requestFor(why) : null,
      toggleWhy: () => this.toggleWhy(hit.id),
      openPassage: (passage) => go('search', { ...this.params, doc: hit.id, passage }),
    });
  }

  /** The same object for the same question, so that it is not asked again with every paint. */
  requestFor(why) {
    this.requests ??= new Map();
    const key = JSON.stringify(why);
    if (!this.requests.has(key)) {
      this.requests.set(key, why);
    }
    return this.requests.get(key);
  }

  toggleWhy(id) {
    const next = new Set(this.explained);
    if (!next.delete(id)) {
      next.add(id);
    }
    this.explained = next;
  }

  nothingFound() {
    const all = this.filter
      ? html`<button class="button" type="button" @click=${() => this.change({ filter: '' })}>Search without the filter</button>`
      : nothing;
    return this.page > 1
      ? emptyNotice('No more results', `There are ${count((this.page - 1) * PAGE)} at most.`, html`<a class="button" href=${address('search', { ...this.params, page: undefined })}>First page</a>`)
      : emptyNotice('Nothing found', this.filter ? 'No item that the filter admits answers this.' : 'Try other words, or fewer of them.', all);
  }
}

function systemsOf(status) {
  const legs = status?.index.legs ?? [];
  return legs.length > 1 ? [...legs, 'hybrid'] : legs;
}

customElements.define('search-view', SearchView);

export default 'search-view';
