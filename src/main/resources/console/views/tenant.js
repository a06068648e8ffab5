import {Element, html, nothing} from '../core/element.js';
import {count, duration, percent} from '../core/format.js';
import {Loading} from '../core/loading.js';
import {href} from '../core/router.js';
import {failure, notice, tag} from '../parts/text.js';
import {meter} from '../parts/meter.js';
import {coverageTable} from '../parts/coverage.js';
import {upstreamList} from '../parts/upstreams.js';
import '../parts/settings.js';
import '../parts/traffic.js';

const EVERY_MS = 10_000;

/** One tenant: its traffic, routes, upstreams, limits, coverage and configuration. */
class Tenant extends Element {
  static properties = {tenantId: {type: String}, statistics: {state: true}};

  constructor() {
    super();
    const of = path => () => [path, {tenant: this.tenantId}];
    this.tenant = new Loading(this, () => [`tenants/${encodeURIComponent(this.tenantId)}`]);
    this.upstreams = new Loading(this, of('upstreams'), EVERY_MS);
    this.limits = new Loading(this, of('limits'), EVERY_MS);
    this.coverage = new Loading(this, of('coverage'), EVERY_MS);
  }

  willUpdate(changed) {
    if (changed.get('tenantId') !== undefined) {
      [this.tenant, this.upstreams, this.limits, this.coverage].forEach(loading => loading.restart());
    }
  }

  render() {
    const {value, error} = this.tenant;
    if (error) {
      return error.status === 404 ? notice('No such tenant', html`
        No tenant in force is called <code>${this.tenantId}</code>.
        <a href=${href('configuration')}>Its file may have been rejected</a>, or
        <a href=${href('tenants')}>choose another</a>.`, 'warn') : failure(error);
    }
    return html`
      <div class="view-head"><h1><a href=${href('tenants')}>Tenants</a> › ${this.tenantId}</h1>
        <div class="controls">
          <a class="button" href=${href('requests', null, {q: `tenant:${this.tenantId} worth:failed`})}>
            Failed requests</a>
          <a class="button" href=${href('requests', null, {q: `tenant:${this.tenantId}`})}>Requests</a>
        </div></div>
      <clew-traffic .tenant=${this.tenantId} @statistics=${event => (this.statistics = event.detail)}></clew-traffic>
      <section class="panel"><h2>Routes</h2>${value ? this.routes(value.routes ?? []) : nothing}</section>
      <section class="panel"><h2>Upstreams</h2>${upstreamList(this.upstreams.value?.upstreams ?? [])}</section>
      <section class="panel"><h2>Limits</h2>${this.limitTable(this.limits.value?.limits ?? [])}</section>
      <section class="panel"><h2>Coverage</h2>${coverageTable(rows(this.coverage.value, this.tenantId))}</section>
      <section class="panel"><h2>Configuration in force</h2>
        ${value ? html`<clew-settings .values=${value.values ?? []}></clew-settings>` : nothing}</section>`;
  }

  routes(routes) {
    const used = new Map((this.statistics?.routes ?? []).map(route => [route.route, route]));
    const most = Math.max(1, ...[...used.values()].map(route => route.requests));
    return html`<div class="scroll"><table class="list" aria-label="routes">
      <thead><tr><th scope="col">Route</th><th scope="col">Match</th><th scope="col">To</th>
        <th scope="col" class="number">Requests</th><th scope="col"><span class="hidden">share</span></th>
        <th scope="col" class="number">4xx</th><th scope="col" class="number">5xx</th>
        <th scope="col" class="number">p50</th><th scope="col" class="number">p99</th></tr></thead>
      <tbody>${routes.map(route => {
        const use = used.get(route.name) ?? {requests: 0};
        return html`<tr data-row>
          <td><a class="row-link" href=${href('requests', null, {q: `tenant:${this.tenantId} route:${route.name}`})}>
            ${route.name}</a></td>
          <td><code>${match(route)}</code></td>
          <td>${route.upstream ?? route.action ?? ''}</td>
          <td class="number">${count(use.requests)}</td>
          <td class="share">${meter(use.requests, most, 'share of requests')}</td>
          <td class="number">${use.requests ? percent(use.errors4xx / use.requests) : '–'}</td>
          <td class="number ${use.errors5xx ? 'bad' : ''}">
            ${use.requests ? percent(use.errors5xx / use.requests) : '–'}</td>
          <td class="number">${duration(use.p50Ms)}</td>
          <td class="number">${duration(use.p99Ms)}</td>
        </tr>`;
      })}</tbody></table></div>`;
  }

  limitTable(limits) {
    const bounded = limits.filter(limit => limit.bound !== null && limit.bound !== undefined);
    return bounded.length ? html`<dl class="limits">${bounded.map(limit => html`
      <div><dt>${limit.name}</dt><dd>${meter(limit.use ?? 0, limit.bound, limit.name)}
        <span>${count(limit.use ?? 0)} of ${count(limit.bound)}</span>
        ${limit.use >= limit.bound ? tag('reached', 'bad') : nothing}</dd></div>`)}</dl>`
      : html`<p class="muted">No limits are set.</p>`;
  }
}

/** The match of a route as the file writes it. */
function match(route) {
  const {path = '', methods = []} = typeof route.match === 'object' && route.match ? route.match : {path: route.match};
  return [methods.join(' '), path ?? ''].filter(Boolean).join(' ');
}

/** The rows of a tenant, of a list or an object that holds one. */
function rows(coverage, tenant) {
  const all = Array.isArray(coverage) ? coverage : coverage?.upstreams ?? [];
  return all.filter(row => row.tenant === tenant);
}

customElements.define('clew-tenant', Tenant);
