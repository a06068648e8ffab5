import {html, nothing} from '../core/element.js';
import {count} from '../core/format.js';
import {meter} from './meter.js';
import {tag} from './text.js';

const CIRCUITS = {closed: 'good', open: 'bad', 'half-open': 'warn'};

function health(endpoint) {
  if (endpoint.ejected) {
    return tag('ejected', 'bad');
  }
  if (!endpoint.reachable) {
    return tag('unreachable', 'bad');
  }
  return endpoint.healthy ? tag('healthy', 'good') : tag('unhealthy', 'bad');
}

const upstream = (one, several) => html`
  <div class="upstream">
    <h3>${one.name} ${several ? html`<i>${one.replica}</i>` : nothing}
      ${tag(`circuit ${one.circuit ?? 'closed'}`, CIRCUITS[one.circuit] ?? 'good')}
      ${one.connections?.max ? html`<span class="muted connections">${one.connections.open} of ${one.connections.max}
        connections ${meter(one.connections.open, one.connections.max, 'connections')}</span>` : nothing}</h3>
    <table class="list" aria-label="endpoints of ${one.name}">
      <thead><tr><th scope="col">Endpoint</th><th scope="col">Health</th><th scope="col" class="number">Requests</th>
        <th scope="col" class="number">Failures</th></tr></thead>
      <tbody>${(one.endpoints ?? []).map(endpoint => html`
        <tr><td><code>${endpoint.address}</code></td><td>${health(endpoint)}</td>
          <td class="number">${count(endpoint.requests)}</td>
          <td class="number ${endpoint.failures ? 'bad' : ''}">${count(endpoint.failures)}</td></tr>`)}</tbody>
    </table>
  </div>`;

/** Upstreams with their endpoints' health and their circuits. */
export function upstreamList(upstreams) {
  const several = new Set(upstreams.map(one => one.replica)).size > 1;
  return upstreams.length ? html`<div class="upstreams">${upstreams.map(one => upstream(one, several))}</div>`
    : html`<p class="muted">None in use yet.</p>`;
}
