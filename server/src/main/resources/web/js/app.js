import { html, nothing } from 'lit';
import { api } from './api.js';
import { icon } from './components/icon.js';
import { problemNotice } from './components/notices.js';
import './components/seen-as.js';
import './components/theme-switch.js';
import { address, current, onRoute } from './router.js';
import { session } from './session.js';
import { View } from './view.js';
import { views } from './views.js';

/** The frame: navigation, who is asking, light or dark, and the view that the address names. */
class SiderealApp extends View {
  static properties = {
    view: { state: true },
    keyWanted: { state: true },
    statusProblem: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    this.keyWanted = '';
    this.said = '';
    this.left = new Map();
  }

  createRenderRoot() {
    this.replaceChildren();
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    onRoute(() => this.follow());
    window.addEventListener('sidereal:session', () => this.loadStatus());
    window.addEventListener('sidereal:key-wanted', (event) => (this.keyWanted = event.detail));
    window.addEventListener('sidereal:announce', (event) => (this.said = event.detail));
    this.loadStatus();
    this.follow();
  }

  async loadStatus() {
    try {
      this.status = await api.status();
      this.statusProblem = null;
      this.keyWanted = '';
    } catch (problem) {
      this.statusProblem = problem;
    }
    this.pass();
  }

  async follow() {
    const { path, params } = current();
    const view = views.find((candidate) => candidate.path === path) ?? views[0];
    this.view = view;
    document.title = `${params.q ? `${params.q} – ` : ''}${view.title} – Sidereal`;
    this.left.set(view.path, location.hash);
    const tag = (await view.load()).default;
    await this.updateComplete;
    const outlet = this.querySelector('main');
    if (this.view === view && outlet.firstElementChild?.localName !== tag) {
      outlet.replaceChildren(document.createElement(tag));
    }
    this.pass();
  }

  /** Hands the address and the status down to the view. */
  pass() {
    const element = this.querySelector('main')?.firstElementChild;
    if (element) {
      element.params = current().params;
      element.status = this.status;
    }
  }

  render() {
    return html`
      <a class="skip" href="#main" @click=${this.skip}>Skip to content</a>
      <header class="bar">
        <div class="bar-inner">
          <a class="wordmark" href=${address('search')}>${icon('star')}<span>Sidereal</span></a>
          <nav class="views" aria-label="Views">
            ${views.map(
              (view) => html`
                <a href=${this.addressOf(view)} aria-current=${view === this.view ? 'page' : nothing}>
                  ${icon(view.icon)}<span>${view.title}</span>
                </a>
              `,
            )}
          </nav>
          <div class="bar-end">
            <seen-as .principal=${this.status?.principal}></seen-as>
            <theme-switch></theme-switch>
          </div>
        </div>
      </header>
      ${this.keyWanted ? this.keyForm() : this.statusProblem ? this.unreachable() : nothing}
      <main id="main" tabindex="-1"></main>
      <footer class="foot">
        <p class="keys"><kbd>/</kbd> search <kbd>j</kbd> <kbd>k</kbd> move <kbd>Enter</kbd> open <kbd>w</kbd> why <kbd>Esc</kbd> close</p>
        <p><a href="/docs">API documentation</a>${this.status ? html`<span class="quiet"> Sidereal ${this.status.version}</span>` : nothing}</p>
      </footer>
      <div class="unseen" role="status" aria-live="polite">${this.said}</div>
    `;
  }

  /** A view is left as it was and found again so. */
  addressOf(view) {
    return view === this.view ? address(view.path) : this.left.get(view.path) || address(view.path);
  }

  skip(event) {
    event.preventDefault();
    document.getElementById('main').focus();
  }

  unreachable() {
    return html`<div class="wrap">${problemNotice(this.statusProblem, () => this.loadStatus())}</div>`;
  }

  keyForm() {
    const enter = (event) => {
      event.preventDefault();
      session.key = event.target.elements.key.value.trim();
    };
    return html`
      <div class="wrap">
        <form class="notice" @submit=${enter}>
          <p class="notice-title">This server asks for a key</p>
          <p class="sentence">${this.keyWanted}</p>
          <label class="field"><span>API key</span><input name="key" type="password" required autocomplete="off" /></label>
          <button class="button primary" type="submit">Use it in this tab</button>
        </form>
      </div>
    `;
  }
}

customElements.define('sidereal-app', SiderealApp);
