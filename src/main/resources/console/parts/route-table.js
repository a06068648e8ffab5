import {html} from '../core/element.js';
import {count, duration, percent} from '../core/format.js';
import {href} from '../core/router.js';
import {meter} from './meter.js';

/** A tenant's routes, with their use in the last hour; and what no route matched. */
export function routeTable(tenant, routes, statistics) {
  const used = new Map((statistics?.routes ?? []).filter(use => use.tenant === tenant).map(use => [use.route, use]));
  const most = Math.max(1, ...[...used.values()].map(use => use.requests));
  const rows = [...routes, ...(used.has(null) ? [{name: null}] : [])];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="routes">
    <table class="list" aria-label="routes">
      <thead><tr><th scope="col">Route</th><th scope="col">Match</th><th scope="col">To</th>
        <th scope="col" class="number">Requests</th><th scope="col"><span class="hidden">share</span></th>
        <th scope="col" class="number">4xx</th><th scope="col" class="number">5xx</th>
        <th scope="col" class="number">p50</th><th scope="col" class="number">p99</th></tr></thead>
      <tbody>${rows.map(route => row(tenant, route, used.get(route.name) ?? {requests: 0}, most))}</tbody>
    </table></div>`;
}

function row(tenant, route, use, most) {
  const conditions = `tenant:${tenant} ${route.name === null ? 'error:unknown-route' : `route:${route.name}`}`;
  const share = number => (use.requests ? percent(number / use.requests) : '–');
  return html`<tr data-row>
    <td><a class="row-link" href=${href('requests', null, {q: conditions})}>
      ${route.name ?? html`<i>no route matched</i>`}</a></td>
    <td><code>${[(route.methods ?? []).join(' '), route.path ?? ''].filter(Boolean).join(' ')}</code></td>
    <td>${(route.upstreams ?? []).join(', ')}</td>
    <td class="number">${count(use.requests)}</td>
    <td class="share">${meter(use.requests, most, 'share of requests')}</td>
    <td class="number">${share(use.errors4xx)}</td>
    <td class="number ${use.errors5xx ? 'bad' : ''}">${share(use.errors5xx)}</td>
    <td class="number">${duration(use.p50Ms)}</td>
    <td class="number">${duration(use.p99Ms)}</td>
  </tr>`;
}
