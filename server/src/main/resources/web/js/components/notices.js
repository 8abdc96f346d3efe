import { html, nothing } from 'lit';

/** What went wrong, in the server's own sentence, and a way on. */
export function problemNotice(problem, retry) {
  return html`
    <div class="notice notice-problem" role="alert">
      <p class="notice-title">${problem.title ?? 'Something went wrong'}</p>
      <p class="sentence">${problem.message}</p>
      ${retry ? html`<button class="button" type="button" @click=${retry}>Try again</button>` : nothing}
      ${problem.requestId ? html`<p class="quiet small">Request ${problem.requestId}</p>` : nothing}
    </div>
  `;
}

/** Nothing to show, and why. */
export function emptyNotice(title, text, action = nothing) {
  return html`<div class="notice notice-empty"><p class="notice-title">${title}</p><p>${text}</p>${action}</div>`;
}

/** Grey lines in the places where text is about to be. */
export function skeleton(blocks, lines = 3) {
  return html`
    <div class="skeleton" aria-hidden="true">
      ${Array.from({ length: blocks }, () => html`<div class="bones">${Array.from({ length: lines }, () => html`<span></span>`)}</div>`)}
    </div>
  `;
}
