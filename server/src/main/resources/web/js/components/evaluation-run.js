import { html, nothing } from 'lit';
import { api, isAborted } from '../api.js';
import { events } from '../events.js';
import { count, legName, moment } from '../format.js';
import { View, announce } from '../view.js';
import { measureTable } from './measure-table.js';
import { problemNotice, skeleton } from './notices.js';
import './query-wins.js';

const OVER = ['done', 'failed', 'cancelled'];

/** One evaluation: its progress while it runs, then its tables. `ended` is called when it comes to an end. */
class EvaluationRun extends View {
  static properties = {
    runId: { attribute: false },
    ended: { attribute: false },
    run: { state: true },
    problem: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('runId')) {
      this.run = null;
      this.follow();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.following?.abort();
  }

  async follow() {
    this.following?.abort();
    const following = new AbortController();
    this.following = following;
    this.problem = null;
    const { signal } = following;
    try {
      this.run = await api.evaluation(this.runId, { signal });
      if (OVER.includes(this.run.state)) {
        return;
      }
      for await (const { event, data } of events(`evaluations/${encodeURIComponent(this.runId)}/events`, signal)) {
        if (event === 'progress') {
          this.run = data;
        }
      }
      this.run = await api.evaluation(this.runId, { signal });
      announce(`Evaluation ${this.run.state}`);
      this.ended?.();
    } catch (error) {
      if (!isAborted(error)) {
        this.problem = error;
      }
    }
  }

  async cancel() {
    try {
      await api.cancelEvaluation(this.runId);
    } catch (error) {
      this.problem = error;
    }
  }

  render() {
    if (this.problem) {
      return problemNotice(this.problem, () => this.follow());
    }
    if (!this.run) {
      return skeleton(2, 4);
    }
    const { task, created, state, result, error } = this.run;
    return html`
      <section class="run" aria-label="Evaluation">
        <header class="run-head">
          <h2>${task.data} <span class="quiet">${task.split}</span></h2>
          <p class="quiet">${moment(created)} <span class="state state-${state}">${state}</span></p>
        </header>
        ${state === 'queued' || state === 'running' ? this.progress() : nothing}
        ${error ? problemNotice({ title: 'The evaluation failed', message: error }) : nothing}
        ${result ? this.result(result) : nothing}
      </section>
    `;
  }

  progress() {
    const { what, done, total } = this.run.progress;
    const known = total > 0;
    return html`
      <div class="progress">
        <p><span>${what}</span>${known ? html`<span class="num">${count(done)} of ${count(total)}</span>` : nothing}</p>
        <progress aria-label="Progress of the evaluation" max=${known ? total : nothing} value=${known ? done : nothing}></progress>
        <button class="button" type="button" @click=${this.cancel}>Cancel</button>
      </div>
    `;
  }

  result({ rows, intervals = {}, warnings = [], circumstances = {}, per_query: perQuery = {}, queries = {} }) {
    return html`
      ${measureTable(rows, intervals)}
      ${warnings.length
        ? html`<ul class="warnings" aria-label="Warnings">${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`
        : nothing}
      ${Object.keys(perQuery).length > 1 ? html`<query-wins .perQuery=${perQuery} .queries=${queries}></query-wins>` : nothing}
      <details class="circumstances">
        <summary>Circumstances</summary>
        <dl class="facts">
          ${Object.entries(circumstances).map(([name, value]) => html`<div><dt>${name.replaceAll('_', ' ')}</dt><dd class="mono">${value}</dd></div>`)}
        </dl>
      </details>
    `;
  }
}

customElements.define('evaluation-run', EvaluationRun);
