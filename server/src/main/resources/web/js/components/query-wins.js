import { html } from 'lit';
import { count, legName } from '../format.js';
import { View } from '../view.js';
import { WinsChart } from './wins-chart.js';

const EXTREMES = 5;

/** On which queries one system is better or worse than another by one measure. */
class QueryWins extends View {
  static properties = {
    perQuery: { attribute: false },
    queries: { attribute: false },
    measure: { state: true },
    baseline: { state: true },
    system: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('perQuery')) {
      const systems = Object.keys(this.perQuery);
      this.baseline = systems[0];
      this.system = systems.at(-1);
      this.measure = this.measures[0];
    }
  }

  get measures() {
    const [first] = Object.values(Object.values(this.perQuery)[0] ?? {});
    return Object.keys(first ?? {});
  }

  /** Differences of all queries, the greatest win first. */
  get differences() {
    const before = this.perQuery[this.baseline] ?? {};
    const after = this.perQuery[this.system] ?? {};
    return Object.keys(before)
      .filter((query) => query in after)
      .map((query) => ({ query, before: before[query][this.measure] ?? 0, after: after[query][this.measure] ?? 0 }))
      .map((row) => ({ ...row, difference: row.after - row.before }))
      .sort((a, b) => b.difference - a.difference || (a.query < b.query ? -1 : 1));
  }

  updated() {
    const host = this.querySelector('.chart');
    this.chart ??= new WinsChart(host);
    this.chart.show(this.differences.map((row) => row.difference), this.measure);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.chart?.close();
    this.chart = null;
  }

  render() {
    const systems = Object.keys(this.perQuery);
    const rows = this.differences;
    const wins = rows.filter((row) => row.difference > 0).length;
    const losses = rows.filter((row) => row.difference < 0).length;
    const sentence = `${legName(this.system)} is better than ${legName(this.baseline)} on ${count(wins)}, worse on ${count(losses)} and equal on ${count(rows.length - wins - losses)} of ${count(rows.length)} queries.`;
    return html`
      <section class="wins">
        <h3>Wins and losses per query</h3>
        <div class="wins-choice">
          ${this.pick('System', systems, this.system, (value) => (this.system = value), legName)}
          ${this.pick('against', systems, this.baseline, (value) => (this.baseline = value), legName)}
          ${this.pick('by', this.measures, this.measure, (value) => (this.measure = value), (name) => name)}
        </div>
        <p role="status">${sentence}</p>
        <div class="chart" role="img" aria-label="Difference in ${this.measure} of each query, greatest win first. ${sentence}"></div>
        <div class="extremes">
          ${this.table('Greatest wins', rows.filter((row) => row.difference > 0).slice(0, EXTREMES))}
          ${this.table('Greatest losses', rows.filter((row) => row.difference < 0).reverse().slice(0, EXTREMES))}
        </div>
      </section>
    `;
  }

  pick(label, values, value, change, name) {
    return html`
      <label class="field">
        <span>${label}</span>
        <select @change=${(event) => change(event.target.value)}>
          ${values.map((v) => html`<option .value=${v} ?selected=${v === value}>${name(v)}</option>`)}
        </select>
      </label>
    `;
  }

  table(title, rows) {
    return html`
      <table>
        <caption>${title}</caption>
        <thead>
          <tr>
            <th scope="col">Query</th>
            <th scope="col" class="num">${legName(this.baseline)}</th>
            <th scope="col" class="num">${legName(this.system)}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.length
            ? rows.map(
                (row) => html`
                  <tr>
                    <td><span class="clamp query">${this.queries[row.query] ?? row.query}</span></td>
                    <td class="num">${row.before.toFixed(3)}</td>
                    <td class="num">${row.after.toFixed(3)}</td>
                  </tr>
                `,
              )
            : html`<tr><td colspan="3" class="quiet">none</td></tr>`}
        </tbody>
      </table>
    `;
  }
}

customElements.define('query-wins', QueryWins);
