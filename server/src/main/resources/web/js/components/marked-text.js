import { html } from 'lit';

/** Text with stretches marked; `marks` are [start, end) in UTF-16 units, ascending and apart. */
export function markedText(text, marks = []) {
  const parts = [];
  let from = 0;
  for (const [start, end] of marks) {
    parts.push(text.slice(from, start), html`<mark>${text.slice(start, end)}</mark>`);
    from = end;
  }
  parts.push(text.slice(from));
  return parts;
}
