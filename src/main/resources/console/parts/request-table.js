import {html, nothing} from '../core/element.js';
import {clock, duration, moment, statusClass} from '../core/format.js';
import {href} from '../core/router.js';
import {repeat} from '../lit/directives/repeat.js';
import {prose, status, worth} from './text.js';

/** The story without tenant and route, which have columns of their own. */
function happened(request) {
  const parts = (request.story ?? '').split(' › ');
  const columns = request.tenant ? (request.route ? 2 : 1) : 0;
  return parts.slice(columns).join(' › ') || request.story;
}

/** Logarithmic: between a millisecond and a minute lie five figures. */
const length = (ms, longest) => (100 * Math.log1p(ms)) / Math.log1p(longest);

const row = (request, longest) => html`
  <tr data-row class="${statusClass(request.status)} ${request.error ? 'error' : ''}">
    <td class="time"><a class="row-link" href=${href('requests', request.id)} title=${moment(request.time)}
      aria-label="request at ${clock(request.time)}, status ${request.status}">${clock(request.time)}</a></td>
    <td>${status(request.status)}</td>
    <td class="tenant">${request.tenant ?? html`<i>no tenant</i>`}</td>
    <td class="route"><span class="method">${request.method}</span>
      ${request.route ?? request.path ?? request.host}</td>
    <td class="story">${worth(request.worth)} ${prose(happened(request))}</td>
    <td class="took"><span>${duration(request.durationMs)}</span>
      <svg class="length" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
        <rect width=${Math.max(1, length(request.durationMs, longest))} height="3"/></svg></td>
  </tr>`;

/** Requests as rows, each a link to the request. */
export function requestTable(requests, label) {
  const longest = Math.max(1, ...requests.map(request => request.durationMs));
  return html`
    <table class="requests" aria-label=${label}>
      <thead><tr>
        <th scope="col">Time</th><th scope="col">Status</th><th scope="col">Tenant</th><th scope="col">Route</th>
        <th scope="col">What happened</th><th scope="col" class="took">Took</th>
      </tr></thead>
      <tbody @click=${open}>${repeat(requests, request => request.id, request => row(request, longest))}</tbody>
    </table>
    ${requests.length ? nothing : html`<p class="none">Nothing to show.</p>`}`;
}

/** Lets a click anywhere on a row open it, unless text is being selected. */
function open(event) {
  if (!event.target.closest('a') && getSelection().isCollapsed) {
    event.target.closest('tr')?.querySelector('a.row-link').click();
  }
}
