import { svg, html } from 'lit';

const shapes = {
  search: svg`<circle cx="8.5" cy="8.5" r="5.5"/><path d="m13 13 4.5 4.5"/>`,
  compare: svg`<path d="M3 5h5M3 10h5M3 15h5M12 5h5M12 10h5M12 15h5"/>`,
  evaluate: svg`<path d="M3 17h14M5.5 14V9M10 14V4M14.5 14V7"/>`,
  status: svg`<path d="M2.5 10.5h3.5l2.5-6 3.5 11 2.5-5h3"/>`,
  light: svg`<circle cx="10" cy="10" r="3.5"/><path d="M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4"/>`,
  dark: svg`<path d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z"/>`,
  system: svg`<circle cx="10" cy="10" r="7"/><path d="M10 3v14a7 7 0 0 0 0-14Z" fill="currentColor"/>`,
  person: svg`<circle cx="10" cy="6.5" r="3.5"/><path d="M3.5 17a6.5 6.5 0 0 1 13 0"/>`,
  close: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  filter: svg`<path d="M3 5h14M6 10h8M8.5 15h3"/>`,
  chevron: svg`<path d="m5 7.5 5 5 5-5"/>`,
  out: svg`<path d="M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7"/>`,
  star: svg`<path d="M10 2 11.8 8.2 18 10l-6.2 1.8L10 18l-1.8-6.2L2 10l6.2-1.8Z" fill="currentColor" stroke="none"/>`,
};

/** A line drawing of 20 x 20 units; decoration only, the control that holds it has the name. */
export const icon = (name) =>
  html`<svg class="icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
