import { html } from 'lit';
import { legMeaning, legName } from '../format.js';

/** Radio buttons in a row: by which system to search. `change` gets its name. */
export function systemSwitch({ name, label, systems, value, change }) {
  return html`
    <fieldset class="switch">
      <legend class="unseen">${label}</legend>
      ${systems.map(
        (system) => html`
          <label title=${legMeaning(system)}>
            <input type="radio" name=${name} .value=${system} .checked=${system === value} @change=${() => change(system)} />
            <span>${legName(system)}</span>
          </label>
        `,
      )}
    </fieldset>
  `;
}
