/** Light, dark, or as the system has it. */

const KEY = 'clew-theme';
const THEMES = ['system', 'light', 'dark'];

export const theme = () => localStorage.getItem(KEY) ?? 'system';

/** Applies the theme that this browser remembers. */
export function applyTheme() {
  const chosen = theme();
  if (chosen === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = chosen;
  }
}

/** Goes to the next theme and returns it. */
export function nextTheme() {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
  localStorage.setItem(KEY, next);
  applyTheme();
  return next;
}
