/**
 * Keys for a list: `/` goes to the field, `j` and `k` move between items, `w` presses the item's button for why. Enter
 * and Esc are the browser's own: items are links, documents are dialogs. Gives a function that stops it.
 */
export function listKeys(root, { item, focus, why, field }) {
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    const writing = event.target.closest('input, select, textarea');
    if (event.key === 'Escape' && event.target.matches(field)) {
      event.target.blur();
    } else if (writing) {
      return;
    } else if (event.key === '/') {
      event.preventDefault();
      const input = root.querySelector(field);
      input?.focus();
      input?.select();
    } else if (event.key === 'j' || event.key === 'k') {
      move(event.key === 'j' ? 1 : -1);
    } else if (event.key === 'w') {
      document.activeElement.closest(item)?.querySelector(why)?.click();
    }
  };
  const move = (step) => {
    const items = [...root.querySelectorAll(item)];
    const at = items.indexOf(document.activeElement.closest(item));
    const next = at < 0 && step < 0 ? -1 : Math.min(items.length - 1, at + step);
    const target = items[Math.max(0, next)]?.querySelector(focus);
    target?.focus();
    items[Math.max(0, next)]?.scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
