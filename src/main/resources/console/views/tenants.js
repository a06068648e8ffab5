import {Element, html, nothing} from '../core/element.js';
import {count, duration, percent} from '../core/format.js';
import {Loading} from '../core/loading.js';
import {href} from '../core/router.js';
import {failure, tag} from '../parts/text.js';
import '../parts/traffic.js';

/** All tenants, those with problems first. */
class Tenants extends Element {
  static properties = {statistics: {state: true}};

  constructor() {
    super();
    this.loading = new Loading(this, () => ['tenants'], 10_000);
  }

  render() {
    const {value, error} = this.loading;
    return html`
      <div class="view-head"><h1>Tenants</h1></div>
      ${failure(error)}
      <clew-traffic @statistics=${event => (this.statistics = event.detail)}></clew-traffic>
      ${value ? this.table(value.tenants) : html`<p class="none">Loading…</p>`}`;
  }

  table(tenants) {
    const used = new Map((this.statistics?.tenants ?? []).map(use => [use.tenant, use]));
    const sorted = [...tenants].sort((a, b) => problems(b) - problems(a) || a.id.localeCompare(b.id));
    return html`
      <div class="panel scroll" tabindex="0" role="region" aria-label="all tenants">
        <table class="list" aria-label="tenants">
        <thead><tr><th scope="col">Tenant</th><th scope="col">State</th><th scope="col">Hosts</th>
          <th scope="col" class="number">Routes</th><th scope="col" class="number">Upstreams</th>
          <th scope="col" class="number">Requests, 1 h</th><th scope="col" class="number">4xx</th>
          <th scope="col" class="number">5xx</th><th scope="col" class="number">p99</th>
          <th scope="col">File</th></tr></thead>
        <tbody>${sorted.map(tenant => this.row(tenant, used.get(tenant.id) ?? {requests: 0}))}</tbody>
      </table></div>`;
  }

  row(tenant, use) {
    const share = number => (use.requests ? percent(number / use.requests) : '–');
    return html`
      <tr data-row>
        <td><a class="row-link" href=${href('tenants', tenant.id)}>${tenant.id}</a></td>
        <td>${state(tenant)}</td>
        <td class="hosts">${tenant.hosts.map((host, at) => html`${at ? ', ' : ''}<code>${host}</code>`)}</td>
        <td class="number">${tenant.routes}</td>
        <td class="number">${tenant.upstreams}</td>
        <td class="number">${count(use.requests)}</td>
        <td class="number">${share(use.errors4xx)}</td>
        <td class="number ${use.errors5xx ? 'bad' : ''}">${share(use.errors5xx)}</td>
        <td class="number">${duration(use.p99Ms)}</td>
        <td class="muted">${tenant.file}</td>
      </tr>`;
  }
}

function state(tenant) {
  const many = problems(tenant);
  return html`${tenant.suspended ? tag('suspended', 'warn') : nothing}
    ${many ? html`<a href=${href('configuration')}>
      ${tag(`${many} problem${many > 1 ? 's' : ''}`, 'bad')}</a>` : nothing}
    ${tenant.suspended || many ? nothing : tag('in force', 'good')}`;
}

const problems = tenant => tenant.problems + (tenant.onLastGoodState ? 1 : 0);

customElements.define('clew-tenants', Tenants);
