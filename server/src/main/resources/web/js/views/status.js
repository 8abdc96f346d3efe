import { html, nothing } from 'lit';
import { api } from '../api.js';
import { skeleton } from '../components/notices.js';
import { bytes, count, legMeaning, legName } from '../format.js';
import { View } from '../view.js';

const CHECKS = [
  { path: 'health', title: 'Alive' },
  { path: 'ready', title: 'Ready to answer' },
];

/** What is served: index, model, fields, who asks, and whether all is well. */
class StatusView extends View {
  static properties = { checks: { state: true } };

  constructor() {
    super();
    this.checks = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.check();
  }

  async check() {
    const found = await Promise.all(
      CHECKS.map(async ({ path }) => {
        try {
          await api.health(path);
          return [path, { ok: true, text: 'yes' }];
        } catch (problem) {
          return [path, { ok: false, text: problem.message }];
        }
      }),
    );
    this.checks = Object.fromEntries(found);
  }

  render() {
    return html`<div class="wrap status"><h1>Status</h1>${this.status ? this.body(this.status) : skeleton(3, 4)}</div>`;
  }

  body({ version, workspace, index, principal, writable }) {
    const { encoder } = index;
    return html`
      <div class="cards">
        ${card('Index', [
          ['name', index.name],
          ['items', count(index.items)],
          ['passages', count(index.passages)],
          ['size', bytes(index.bytes)],
          ['language', index.language],
          ['items without readers', index.acl === 'closed' ? 'unreadable (acl: closed)' : 'readable by all (acl: open)'],
        ])}
        ${card('Search', [
          ...index.legs.map((leg) => [legName(leg), legMeaning(leg) || 'on']),
          ['fusion', (index.fusion ?? 'none').replaceAll(',', ', ').replace('(', ' (')],
        ])}
        ${card(
          'Encoder',
          encoder
            ? [['name', encoder.name], ['dimensions', count(encoder.dims)], ['longest passage', `${count(encoder.max_tokens)} tokens`]]
            : [['name', 'none: this index searches by words']],
        )}
        ${card('Server', [
          ['version', version],
          ['workspace', html`<span class="mono">${workspace}</span>`],
          ['takes writes', writable ? 'yes' : 'no'],
          ...CHECKS.map(({ path, title }) => [title.toLowerCase(), this.light(path)]),
        ])}
        ${card('You', [['principal', principal.name], ['role', principal.role], ['may be seen as others', principal.may_switch ? 'yes' : 'no']])}
        ${this.fields(index.fields)}
      </div>
      <p><button class="button" type="button" @click=${this.check}>Check again</button></p>
      <h2>For programs</h2>
      <ul class="links">
        <li><a href="/docs">API documentation</a></li>
        <li><a href="/api/v1/openapi.json">OpenAPI description</a></li>
        <li><a href="/api/v1/metrics">Metrics for Prometheus</a></li>
      </ul>
    `;
  }

  light(path) {
    const check = this.checks[path];
    return check ? html`<span class="state state-${check.ok ? 'done' : 'failed'}">${check.text}</span>` : html`<span class="quiet">…</span>`;
  }

  fields(fields) {
    const all = Object.entries(fields);
    return all.length ? card('Fields', all) : nothing;
  }
}

function card(title, facts) {
  return html`
    <section class="card">
      <h2>${title}</h2>
      <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    </section>
  `;
}

customElements.define('status-view', StatusView);

export default 'status-view';
