/** Views by URL. A view is a path below /console; what it shows within itself is in the query. */

export const ROOT = '/console';

/** Fired on the window after the URL has changed. */
export const NAVIGATED = 'clew-navigated';

/** Returns the current view: its name, the rest of the path and the query. */
export function current() {
  const [name, ...rest] = location.pathname.slice(ROOT.length).split('/').filter(Boolean);
  return {
    name: name ?? 'requests',
    id: rest.length ? decodeURIComponent(rest.join('/')) : null,
    query: new URLSearchParams(location.search),
  };
}

/** Returns the URL of a view. */
export function href(name, id = null, query = {}) {
  const set = Object.entries(query).filter(([, value]) => value);
  const path = id === null ? `${ROOT}/${name}` : `${ROOT}/${name}/${encodeURIComponent(id)}`;
  return set.length ? `${path}?${new URLSearchParams(set)}` : path;
}

/** Opens a URL of the console; replace does so without a way back to the current one. */
export function go(url, {replace = false} = {}) {
  if (url === location.pathname + location.search) {
    return;
  }
  history[replace ? 'replaceState' : 'pushState'](null, '', url);
  window.dispatchEvent(new Event(NAVIGATED));
}

/** Makes links within the console change the view without loading the page again. */
export function start() {
  window.addEventListener('popstate', () => window.dispatchEvent(new Event(NAVIGATED)));
  document.addEventListener('click', event => {
    const link = event.target instanceof window.Element ? event.target.closest('a[href]') : null;
    const isPlain = !event.defaultPrevented && event.button === 0
      && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (link && isPlain && !link.target && !link.download && link.origin === location.origin
      && (link.pathname === ROOT || link.pathname.startsWith(`${ROOT}/`))) {
      event.preventDefault();
      go(link.pathname + link.search);
    }
  });
}
