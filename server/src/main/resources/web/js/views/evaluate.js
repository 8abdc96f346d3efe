import { html, nothing } from 'lit';
import { api } from '../api.js';
import '../components/evaluation-run.js';
import { emptyNotice, problemNotice, skeleton } from '../components/notices.js';
import { legMeaning, legName, moment } from '../format.js';
import { address, go } from '../router.js';
import { View } from '../view.js';

const SYSTEMS = ['bm25', 'dense', 'hybrid'];

/** Starts evaluations, lists those of before and shows one. */
class EvaluateView extends View {
  static properties = {
    sets: { state: true },
    runs: { state: true },
    problem: { state: true },
    startProblem: { state: true },
    data: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.problem = null;
    try {
      [this.sets, this.runs] = await Promise.all([api.evaluationSets(), api.evaluations()]);
    } catch (error) {
      this.problem = error;
    }
  }

  async start(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.startProblem = null;
    try {
      const { id } = await api.startEvaluation({
        data: form.get('data'),
        split: form.get('split'),
        systems: form.getAll('systems'),
      });
      await this.load();
      go('evaluate', { run: id });
    } catch (error) {
      this.startProblem = error;
    }
  }

  render() {
    return html`
      <div class="wrap evaluate">
        <h1>Evaluate</h1>
        ${this.problem ? problemNotice(this.problem, () => this.load()) : this.sets ? this.body() : skeleton(3)}
      </div>
    `;
  }

  body() {
    const chosen = this.params.run ?? this.runs[0]?.id;
    return html`
      ${this.sets.length ? this.form() : emptyNotice('No evaluation sets', 'Put a folder with judged queries into the workspace; docs/evaluate.md says how.')}
      ${this.startProblem ? problemNotice(this.startProblem) : nothing}
      ${chosen ? html`<evaluation-run .runId=${chosen} .ended=${() => this.load()}></evaluation-run>` : nothing}
      ${this.runs.length ? this.list(chosen) : this.sets.length ? emptyNotice('No runs yet', 'Start one: every system answers all judged queries of the set.') : nothing}
    `;
  }

  form() {
    const set = this.sets.find((s) => s.name === this.data) ?? this.sets[0];
    return html`
      <form class="start-run" @submit=${this.start} aria-label="Start an evaluation">
        <label class="field">
          <span>Set</span>
          <select name="data" @change=${(event) => (this.data = event.target.value)}>
            ${this.sets.map((s) => html`<option .value=${s.name} ?selected=${s === set}>${s.name}</option>`)}
          </select>
        </label>
        <label class="field">
          <span>Split</span>
          <select name="split">${set.splits.map((split) => html`<option .value=${split} ?selected=${split === 'test'}>${split}</option>`)}</select>
        </label>
        <fieldset class="choices">
          <legend>Systems</legend>
          ${SYSTEMS.map(
            (system) => html`
              <label class="choice" title=${legMeaning(system)}>
                <input type="checkbox" name="systems" .value=${system} checked />
                <span class="choice-name">${legName(system)}</span>
              </label>
            `,
          )}
        </fieldset>
        <button class="button primary" type="submit">Start</button>
      </form>
    `;
  }

  list(chosen) {
    return html`
      <section class="runs">
        <h2>Runs</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="List of runs">
        <table>
          <thead><tr><th scope="col">Started</th><th scope="col">Set</th><th scope="col">Systems</th><th scope="col">State</th></tr></thead>
          <tbody>
            ${this.runs.map(
              (run) => html`
                <tr class=${run.id === chosen ? 'chosen' : ''}>
                  <td><a href=${address('evaluate', { run: run.id })} aria-current=${run.id === chosen ? 'true' : nothing}>${moment(run.created)}</a></td>
                  <td>${run.task.data} <span class="quiet">${run.task.split}</span></td>
                  <td>${run.task.systems.map(legName).join(', ')}</td>
                  <td><span class="state state-${run.state}">${run.state}</span></td>
                </tr>
              `,
            )}
          </tbody>
        </table>
        </div>
      </section>
    `;
  }
}

customElements.define('evaluate-view', EvaluateView);

export default 'evaluate-view';
