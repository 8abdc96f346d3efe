import { html, nothing } from 'lit';
import { conditions, join, quoted, withCondition } from '../filter-text.js';
import { View } from '../view.js';
import { icon } from './icon.js';

const OPERATORS = {
  keyword: ['=', '!=', 'in', 'exists'],
  set: ['=', '!=', 'in', 'exists'],
  number: ['=', '<', '<=', '>', '>=', '!=', 'exists'],
  date: ['>=', '<', '<=', '>', 'exists'],
  boolean: ['=', 'exists'],
};
const WORDS = {
  '=': 'is',
  '!=': 'is not',
  in: 'is one of',
  exists: 'is there',
  '<': 'below',
  '<=': 'at most',
  '>': 'above',
  '>=': 'at least',
};

/**
 * A filter, as conditions that can be removed, as a form that adds one, and as text. `change` gets the new text;
 * `problem` is the server's sentence about it; `suggestions` are values by field.
 */
class FilterEditor extends View {
  static properties = {
    fields: { attribute: false },
    value: { attribute: false },
    problem: { attribute: false },
    suggestions: { attribute: false },
    change: { attribute: false },
    field: { state: true },
    operator: { state: true },
  };

  get type() {
    return this.fields[this.field];
  }

  willUpdate() {
    if (!(this.field in this.fields)) {
      this.field = Object.keys(this.fields)[0];
    }
    const operators = OPERATORS[this.type] ?? ['='];
    if (!operators.includes(this.operator)) {
      this.operator = operators[0];
    }
  }

  render() {
    return html`
      <div class="filter">
        ${this.field ? this.builder() : nothing}
        <label class="field grow">
          <span>Filter as text</span>
          <input
            class="mono"
            type="text"
            spellcheck="false"
            autocomplete="off"
            placeholder=${this.field ? `${quoted(this.field)} = …` : ''}
            aria-invalid=${this.problem ? 'true' : 'false'}
            aria-describedby="filter-problem"
            .value=${this.value}
            @change=${(event) => this.change(event.target.value.trim())}
          />
        </label>
        <p class="filter-problem sentence" id="filter-problem" role="status">${this.problem ?? ''}</p>
      </div>
    `;
  }

  builder() {
    const operators = OPERATORS[this.type] ?? ['='];
    const values = this.suggestions?.[this.field] ?? [];
    return html`
      <form class="builder" aria-label="Add a condition" @submit=${this.add}>
        <label class="field">
          <span>Field</span>
          <select @change=${(event) => (this.field = event.target.value)}>
            ${Object.keys(this.fields).map((name) => html`<option .value=${name} ?selected=${name === this.field}>${name}</option>`)}
          </select>
        </label>
        <label class="field">
          <span>Condition</span>
          <select @change=${(event) => (this.operator = event.target.value)}>
            ${operators.map((name) => html`<option .value=${name} ?selected=${name === this.operator}>${WORDS[name]}</option>`)}
          </select>
        </label>
        ${this.operator === 'exists' ? nothing : this.valueField(values)}
        <button class="button" type="submit">Add</button>
      </form>
    `;
  }

  valueField(values) {
    const hints = { in: 'a, b, c', date: '2020-01-31', number: '2001' };
    return html`
      <label class="field grow">
        <span>Value</span>
        ${this.type === 'boolean'
          ? html`<select name="value"><option>true</option><option>false</option></select>`
          : html`<input name="value" type="text" required autocomplete="off" list="filter-values" placeholder=${hints[this.operator] ?? hints[this.type] ?? ''} />`}
        <datalist id="filter-values">${values.map((value) => html`<option .value=${value}></option>`)}</datalist>
      </label>
    `;
  }

  add(event) {
    event.preventDefault();
    const form = event.target;
    const name = quoted(this.field);
    const value = form.elements.value?.value.trim() ?? '';
    const condition = {
      exists: () => `exists(${name})`,
      in: () => `${name} in (${value.split(',').map((v) => quoted(v.trim())).join(', ')})`,
    }[this.operator] ?? (() => `${name} ${this.operator} ${quoted(value)}`);
    this.change(withCondition(this.value, condition()));
    form.reset();
  }
}

customElements.define('filter-editor', FilterEditor);

/** The conditions of a filter as buttons that remove them. */
export function conditionChips(filter, change) {
  const all = conditions(filter);
  return all.length === 0
    ? nothing
    : html`<ul class="chips" aria-label="Active conditions">
        ${all.map(
          (condition, i) => html`
            <li>
              <button class="chip" type="button" @click=${() => change(join(all.filter((_, j) => j !== i)))}>
                <span class="unseen">Remove condition </span>${condition}${icon('close')}
              </button>
            </li>
          `,
        )}
      </ul>`;
}
