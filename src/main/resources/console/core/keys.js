/** The keyboard. Single keys do nothing while a field is being written in, but for Escape. */

export const SHORTCUTS = [
  ['/', 'search'],
  ['j  k', 'next, previous row'],
  ['Enter', 'open the row'],
  ['Esc', 'close, leave the field, or back'],
  ['t', 'live tail on, off'],
  ['p', 'pause the live tail, go on'],
  ['y', 'copy the trace ID'],
  ['g r', 'requests'],
  ['g t', 'tenants'],
  ['g d', 'telemetry destinations'],
  ['g c', 'configuration'],
  ['g e', 'explain'],
  ['m', 'light, dark, as the system'],
  ['?', 'this list'],
];

const isField = target => target instanceof window.Element && target.matches('input, textarea, select');

/** Calls the action of each key; actions is looked up anew each time, and “g r” is the two keys in turn. */
export function listen(actions) {
  let before = '';
  document.addEventListener('keydown', event => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing) {
      return;
    }
    if (isField(event.target) && event.key !== 'Escape') {
      before = '';
      return;
    }
    const pair = `${before} ${event.key}`;
    const action = actions[pair] ?? actions[event.key];
    before = event.key === 'g' ? 'g' : '';
    if (action && action(event) !== false) {
      event.preventDefault();
    }
  });
}

/** Moves the focus among the rows of the page by a step; returns false if there are none. */
export function moveRow(step) {
  const rows = [...document.querySelectorAll('[data-row] a.row-link')];
  if (rows.length === 0) {
    return false;
  }
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next].focus();
  rows[next].scrollIntoView({block: 'nearest'});
  return true;
}
