import {html, nothing} from '../core/element.js';
import {statusClass} from '../core/format.js';
import {href} from '../core/router.js';

/** A text in which words between backticks are code, as in a request's story. */
export function prose(text) {
  return (text ?? '').split('`').map((part, at) => (at % 2 ? html`<code>${part}</code>` : part));
}

/** A status as a badge; a request without a response has its error's first letters instead. */
export const status = number =>
  html`<span class="status ${statusClass(number)}">${number ?? '–––'}</span>`;

/** A word as a small label; kind colours it: bad, warn, good or plain. */
export const tag = (word, kind = 'plain') => html`<span class="tag ${kind}">${word}</span>`;

const WORTHS = {
  failed: 'bad',
  rejected: 'warn',
  slow: 'warn',
  retried: 'warn',
  'broken-trace': 'warn',
  forced: 'plain',
};

/** Why a request was kept; ordinary ones need no label. */
export const worth = word => (WORTHS[word] ? tag(word, WORTHS[word]) : nothing);

export const tenantLink = id => (id ? html`<a href=${href('tenants', id)}>${id}</a>` : html`<i>unknown</i>`);

/** Says what happened and what to do about it. */
export const notice = (title, text, kind = 'plain') => html`
  <div class="notice ${kind}" role=${kind === 'bad' ? 'alert' : 'status'}>
    <strong>${title}</strong>
    <div>${text}</div>
  </div>`;

/** The failure of a resource, unless the page asks for a token instead. */
export const failure = error =>
  (error && error.status !== 401 ? notice('The gateway does not say', error.message, 'bad') : nothing);

/** A label and its value, for a list of facts; nothing for an absent value. */
export const fact = (name, value) =>
  (value === null || value === undefined || value === '' ? nothing
    : html`<div class="fact"><dt>${name}</dt><dd>${value}</dd></div>`);
