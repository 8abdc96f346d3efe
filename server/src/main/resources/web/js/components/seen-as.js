import { html, nothing } from 'lit';
import { session } from '../session.js';
import { View } from '../view.js';
import { icon } from './icon.js';

/** Who is asking, and, where the server allows it, a switch to see what somebody else would see. */
class SeenAs extends View {
  static properties = { principal: { attribute: false } };

  render() {
    if (!this.principal) {
      return nothing;
    }
    const name = session.as || this.principal.name;
    if (!this.principal.may_switch && !session.as) {
      return html`<span class="who" title="You ask as ${name}">${icon('person')}<span class="who-name">${name}</span></span>`;
    }
    return html`
      <button class="button quiet-button who ${session.as ? 'who-other' : ''}" type="button" popovertarget="seen-as" aria-haspopup="dialog">
        ${icon('person')}<span class="unseen">Seen as </span><span class="who-name">${name}</span>
      </button>
      <div class="popover" id="seen-as" popover role="dialog" aria-labelledby="seen-as-title">
        <form @submit=${this.apply}>
          <h2 id="seen-as-title">Seen as</h2>
          <p class="quiet small">Every view then shows what this reader may read. A bare word is a user; groups are written group:name.</p>
          <label class="field">
            <span>Principal</span>
            <input name="as" type="text" spellcheck="false" autocomplete="off" placeholder="ann,group:staff" .value=${session.as} />
          </label>
          <div class="row">
            <button class="button primary" type="submit">Apply</button>
            <button class="button" type="button" ?disabled=${!session.as} @click=${() => this.become('')}>Myself again</button>
          </div>
        </form>
      </div>
    `;
  }

  apply(event) {
    event.preventDefault();
    this.become(event.target.elements.as.value.trim());
  }

  become(as) {
    this.querySelector('#seen-as')?.hidePopover();
    session.as = as;
    this.requestUpdate();
  }
}

customElements.define('seen-as', SeenAs);
