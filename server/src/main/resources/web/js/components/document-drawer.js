import { html, nothing } from 'lit';
import { api, isAborted } from '../api.js';
import { View, announce } from '../view.js';
import { isAddress, shown } from './hit-card.js';
import { icon } from './icon.js';
import { problemNotice, skeleton } from './notices.js';

/**
 * A document over the results, from the right. `docId` names it, `passage` is the ordinal of the passage to be marked and
 * scrolled to, `close` is called when the reader is done.
 */
class DocumentDrawer extends View {
  static properties = {
    docId: { attribute: false },
    passage: { attribute: false },
    close: { attribute: false },
    document: { state: true },
    problem: { state: true },
  };

  updated(changed) {
    const dialog = this.querySelector('dialog');
    if (changed.has('docId') && this.docId) {
      this.load();
    }
    if (this.docId && !dialog.open) {
      dialog.showModal();
    } else if (!this.docId && dialog.open) {
      dialog.close();
    }
    if ((changed.has('document') || changed.has('passage')) && this.document) {
      const match = this.querySelector('.match');
      match?.scrollIntoView({ block: 'center' });
    }
  }

  async load() {
    this.loading?.abort();
    this.loading = new AbortController();
    this.document = null;
    this.problem = null;
    try {
      this.document = await api.document(this.docId, { signal: this.loading.signal });
      announce(`Opened ${this.document.title || this.document.id}`);
    } catch (error) {
      if (!isAborted(error)) {
        this.problem = error;
      }
    }
  }

  render() {
    return html`
      <dialog class="drawer" aria-labelledby="drawer-title" @close=${() => this.docId && this.close()} @click=${this.outside}>
        <div class="drawer-inner">
          <header class="drawer-head">
            <h2 id="drawer-title">${this.document ? this.document.title || this.document.id : this.docId}</h2>
            <button class="button quiet-button" type="button" aria-label="Close document" @click=${() => this.close()}>
              ${icon('close')}
            </button>
          </header>
          <div class="drawer-body" tabindex="0" role="region" aria-label="Text of the document">${this.docId ? this.body() : nothing}</div>
        </div>
      </dialog>
    `;
  }

  outside(event) {
    if (event.target.tagName === 'DIALOG') {
      this.close();
    }
  }

  body() {
    if (this.problem) {
      return problemNotice(this.problem, () => this.load());
    }
    if (!this.document) {
      return skeleton(4, 4);
    }
    const { id, text, sections, fields, acl, passages } = this.document;
    const wanted = passages?.find((passage) => passage.ordinal === this.passage);
    const all = [...(text ? [{ heading: '', text }] : []), ...sections].filter((s) => s.text || s.heading);
    const found = wanted ? locate(all, wanted) : null;
    return html`
      <dl class="facts">
        <div><dt>id</dt><dd class="mono">${id}</dd></div>
        ${Object.entries(fields ?? {}).map(
          ([name, value]) => html`<div><dt>${name}</dt><dd>${isAddress(value) ? link(value) : shown(value)}</dd></div>`,
        )}
        ${acl?.stated ? html`<div><dt>readers</dt><dd>${acl.readers.join(', ') || 'nobody'}</dd></div>` : nothing}
      </dl>
      ${all.map((section, i) => this.section(section, found?.index === i ? found : null))}
    `;
  }

  section({ heading, text }, found) {
    const { start, end } = found ?? {};
    return html`
      <section>
        ${heading ? html`<h3>${heading}</h3>` : nothing}
        <div class="prose">${found
          ? html`${text.slice(0, start)}<mark class="match" aria-label="Matching passage">${text.slice(start, end)}</mark>${text.slice(end)}`
          : text}</div>
      </section>
    `;
  }
}

const link = (url) => html`<a href=${url} rel="noreferrer" target="_blank">${url.replace(/^https?:\/\//, '')}${icon('out')}</a>`;

/** Where a passage stands: the section that holds its text, or else the one with its heading, as a whole. */
function locate(sections, passage) {
  const [first] = sections
    .map((section, index) => ({ index, start: section.text.indexOf(passage.text), heading: section.heading }))
    .filter(({ start }) => passage.text && start >= 0)
    .sort((a, b) => (b.heading === passage.heading) - (a.heading === passage.heading));
  if (first) {
    return { index: first.index, start: first.start, end: first.start + passage.text.length };
  }
  const index = sections.findIndex((section) => section.heading === passage.heading);
  return index < 0 ? null : { index, start: 0, end: sections[index].text.length };
}

customElements.define('document-drawer', DocumentDrawer);
