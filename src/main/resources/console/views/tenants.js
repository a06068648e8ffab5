import {Element, html, nothing} from '../core/element.js';
import {Loading} from '../core/loading.js';
import {href} from '../core/router.js';
import {failure, tag} from '../parts/text.js';
import '../parts/traffic.js';

/** All tenants, those with problems first. */
class Tenants extends Element {
  constructor() {
    super();
    this.loading = new Loading(this, () => ['tenants'], 10_000);
  }

  render() {
    const {value, error} = this.loading;
    return html`
      <div class="view-head"><h1>Tenants</h1></div>
      ${failure(error)}
      <clew-traffic></clew-traffic>
      ${value ? this.table(value.tenants) : html`<p class="none">Loading…</p>`}`;
  }

  table(tenants) {
    const sorted = [...tenants].sort((a, b) => problems(b) - problems(a) || a.id.localeCompare(b.id));
    return html`
      <div class="panel scroll"><table class="list" aria-label="tenants">
        <thead><tr><th scope="col">Tenant</th><th scope="col">Hosts</th><th scope="col" class="number">Routes</th>
          <th scope="col" class="number">Upstreams</th><th scope="col">State</th><th scope="col">File</th></tr></thead>
        <tbody>${sorted.map(tenant => html`
          <tr data-row>
            <td><a class="row-link" href=${href('tenants', tenant.id)}>${tenant.id}</a></td>
            <td class="hosts">${tenant.hosts.map((host, at) => html`${at ? ', ' : ''}<code>${host}</code>`)}</td>
            <td class="number">${length(tenant.routes)}</td>
            <td class="number">${length(tenant.upstreams)}</td>
            <td>${state(tenant)}</td>
            <td class="muted">${tenant.file}</td>
          </tr>`)}</tbody>
      </table></div>`;
  }
}

function state(tenant) {
  const count = problems(tenant);
  return html`${tenant.suspended ? tag('suspended', 'warn') : nothing}
    ${count ? html`<a href=${href('configuration')}>
      ${tag(`${count} problem${count > 1 ? 's' : ''}`, 'bad')}</a>` : nothing}
    ${tenant.suspended || count ? nothing : tag('in force', 'good')}`;
}

const length = value => (Array.isArray(value) ? value.length : value ?? 0);
const problems = tenant => length(tenant.problems);

customElements.define('clew-tenants', Tenants);
