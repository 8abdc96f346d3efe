import { html } from 'lit';
import { View } from '../view.js';
import { icon } from './icon.js';

const ORDER = ['system', 'light', 'dark'];
const NAMES = { system: 'as the system', light: 'light', dark: 'dark' };

/** Steps through the colours: as the system, light, dark. */
class ThemeSwitch extends View {
  get theme() {
    return document.documentElement.dataset.theme ?? 'system';
  }

  render() {
    const label = `Colours: ${NAMES[this.theme]}`;
    return html`
      <button class="button quiet-button" type="button" aria-label=${label} title=${label} @click=${this.step}>
        ${icon(this.theme)}
      </button>
    `;
  }

  step() {
    const next = ORDER[(ORDER.indexOf(this.theme) + 1) % ORDER.length];
    if (next === 'system') {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem('sidereal.theme');
    } else {
      document.documentElement.dataset.theme = next;
      localStorage.setItem('sidereal.theme', next);
    }
    window.dispatchEvent(new Event('sidereal:theme'));
    this.requestUpdate();
  }
}

customElements.define('theme-switch', ThemeSwitch);
