import { LitElement } from 'lit';

/**
 * An element that renders into the page itself, so that the page's style sheets and anchors reach it. `params` come from
 * the address and `status` from the server; both are set by the frame.
 */
export class View extends LitElement {
  static properties = { params: { attribute: false }, status: { attribute: false } };

  constructor() {
    super();
    this.params = {};
    this.status = null;
  }

  createRenderRoot() {
    return this;
  }
}

/** Tells screen readers something that the eye sees by itself. */
export function announce(sentence) {
  window.dispatchEvent(new CustomEvent('sidereal:announce', { detail: sentence }));
}
