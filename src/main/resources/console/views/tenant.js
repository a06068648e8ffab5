import {Element, html, nothing} from '../core/element.js';
import {Loading} from '../core/loading.js';
import {href} from '../core/router.js';
import {failure, notice} from '../parts/text.js';
import {coverageTable} from '../parts/coverage.js';
import {limitList} from '../parts/limits.js';
import {routeTable} from '../parts/route-table.js';
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
      <section class="panel"><h2>Routes</h2>
        ${value ? routeTable(this.tenantId, value.routes, this.statistics) : nothing}</section>
      <section class="panel"><h2>Upstreams</h2>
        ${upstreamList((this.upstreams.value?.upstreams ?? []).filter(one => one.tenant === this.tenantId))}</section>
      <section class="panel"><h2>Limits</h2>
        ${limitList((this.limits.value?.limits ?? []).filter(limit => limit.tenant === this.tenantId))}</section>
      <section class="panel"><h2>Coverage</h2>
        ${coverageTable((this.coverage.value?.coverage ?? []).filter(row => row.tenant === this.tenantId))}</section>
      <section class="panel"><h2>Configuration in force</h2>
        ${value ? html`<clew-settings .values=${value.values ?? []}></clew-settings>` : nothing}</section>`;
  }
}

customElements.define('clew-tenant', Tenant);
