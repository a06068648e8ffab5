/** The gateway's API: requests with the token, which this tab keeps, and live streams. */

const BASE = '/api/v1/';
const TOKEN = 'clew-token';

/** Fired on the window when the gateway rejects the token, or wants one. */
export const TOKEN_NEEDED = 'clew-token-needed';

/** A response that is not a success. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? `The gateway responded ${status}.`);
    this.status = status;
    this.problem = problem;
  }
}

export const hasToken = () => sessionStorage.getItem(TOKEN) !== null;

/** Keeps a token for as long as this tab is open; null forgets it. */
export function setToken(token) {
  if (token) {
    sessionStorage.setItem(TOKEN, token);
  } else {
    sessionStorage.removeItem(TOKEN);
  }
}

/** Returns the path of a resource with the parameters that have a value. */
export function apiPath(path, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') {
        query.append(name, one);
      }
    }
  }
  const text = query.toString();
  return BASE + path + (text ? `?${text}` : '');
}

async function request(path, params, accept, signal) {
  const token = sessionStorage.getItem(TOKEN);
  const headers = {accept, ...(token ? {authorization: `Bearer ${token}`} : {})};
  const response = await fetch(apiPath(path, params), {headers, signal, cache: 'no-store', credentials: 'omit'});
  if (response.ok) {
    return response;
  }
  const problem = await response.json().catch(() => null);
  if (response.status === 401) {
    window.dispatchEvent(new CustomEvent(TOKEN_NEEDED, {detail: {rejected: token !== null}}));
  }
  throw new ApiError(response.status, problem);
}

/** Returns a resource's JSON. */
export async function get(path, params, signal) {
  const response = await request(path, params, 'application/json', signal);
  return response.json();
}

/** Returns a resource as a file to save, which a plain link could not do with a token. */
export async function download(path, params, name) {
  const response = await request(path, params, 'application/json');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Yields the events of a stream as {event, data}. Unlike EventSource, it can send the token. */
export async function* events(path, params, signal) {
  const response = await request(path, params, 'text/event-stream', signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value.replaceAll('\r\n', '\n');
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = parse(text.slice(0, end));
      text = text.slice(end + 2);
      if (event.data !== null) {
        yield event;
      }
    }
  }
}

function parse(block) {
  let event = 'message';
  const data = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) {
      event = line.slice(6).trim();
    } else if (line.startsWith('data:')) {
      data.push(line.slice(5));
    }
  }
  return {event, data: data.length ? JSON.parse(data.join('\n')) : null};
}
