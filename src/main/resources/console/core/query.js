/** The search field's language. */

/** The words before a colon, and the API's parameters that they are. */
export const KEYS = {
  tenant: 'tenant',
  route: 'route',
  status: 'status',
  error: 'error',
  slower: 'slower-than',
  upstream: 'upstream',
  endpoint: 'endpoint',
  trace: 'trace-id',
  worth: 'worth',
  since: 'since',
  until: 'until',
};

export const WORTHS = ['failed', 'slow', 'rejected', 'retried', 'forced', 'broken-trace', 'ordinary'];

const SPAN_ID = /^[0-9a-f]{16}$/i;
const TRACE_PREFIX = /^[0-9a-f]{6,31}$/i;
// In a traceparent, a header's line, a line of a log: wherever somebody found it.
const TRACE_ID = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/i;
const ADDRESS = /^(https?:\/\/\S+|[\w.-]+(:\d+)?\/\S*)$/i;
const AGO = /^(\d+)(s|m|h|d)$/;
const SECONDS = {s: 1, m: 60, h: 3600, d: 86400};

/**
 * Returns what a text asks for: {kind: 'trace', id}, {kind: 'request', id}, {kind: 'url', host, path},
 * {kind: 'filters', params} or {kind: 'mistake', message}.
 */
export function read(text) {
  const trimmed = text.trim();
  const words = trimmed.split(/\s+/).filter(Boolean);
  const isFilter = words.some(word => KEYS[word.split(':')[0]] && word.includes(':'));
  const trace = TRACE_ID.exec(trimmed);
  if (trace && !isFilter) {
    return {kind: 'trace', id: trace[0].toLowerCase()};
  }
  if (SPAN_ID.test(trimmed)) {
    return {kind: 'request', id: trimmed.toLowerCase()};
  }
  if (ADDRESS.test(trimmed) && !isFilter) {
    return address(trimmed);
  }
  return filters(words);
}

function address(text) {
  try {
    const url = new URL(text.includes('://') ? text : `http://${text}`);
    // Neither query nor fragment leaves this page.
    return {kind: 'url', host: url.host, path: url.pathname};
  } catch {
    return {kind: 'mistake', message: `${text} is not a URL`};
  }
}

function filters(words) {
  const params = {};
  for (const word of words) {
    const at = word.indexOf(':');
    const [key, value] = at < 0 ? [null, word] : [word.slice(0, at).toLowerCase(), word.slice(at + 1)];
    if (key !== null && KEYS[key]) {
      params[KEYS[key]] = key === 'since' || key === 'until' ? time(value) : value;
    } else if (WORTHS.includes(word)) {
      params.worth = word;
    } else if (/^[1-5](\d\d|xx)$/.test(word)) {
      params.status = word;
    } else if (TRACE_PREFIX.test(word)) {
      params['trace-id'] = word.toLowerCase();
    } else {
      return {kind: 'mistake', message: mistake(key, word)};
    }
  }
  return {kind: 'filters', params};
}

function mistake(key, word) {
  return key === null
    ? `“${word}”: for a tenant write tenant:${word}, for a route route:${word}`
    : `“${key}:” is none of ${Object.keys(KEYS).map(known => `${known}:`).join(' ')}`;
}

/** Turns “10m” into the time ten minutes ago. */
function time(value) {
  const ago = AGO.exec(value);
  return ago ? new Date(Date.now() - ago[1] * SECONDS[ago[2]] * 1000).toISOString() : value;
}

/** Returns the text with a filter set to a value, or without it when it already has that value. */
export function toggle(text, key, value) {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const rest = words.filter(word => !word.startsWith(`${key}:`));
  return (words.includes(`${key}:${value}`) ? rest : [...rest, `${key}:${value}`]).join(' ');
}
