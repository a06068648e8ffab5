import {Element, html, nothing} from '../core/element.js';
import {ago, moment, span} from '../core/format.js';
import {Loading} from '../core/loading.js';
import {href} from '../core/router.js';
import {fact, failure, notice, tag} from '../parts/text.js';

const PAGES = [
  ['/q/health', 'health of the process'],
  ['/q/metrics', 'metrics for Prometheus'],
  ['/q/openapi', 'description of the API'],
  ['/q/config', 'configuration as JSON'],
  ['/q/telemetry', 'destinations as JSON'],
  ['/q/coverage', 'coverage as JSON'],
  ['/q/overload', 'memory and load as JSON'],
];

/** What is in force, what was rejected, where and why. */
class Configuration extends Element {
  constructor() {
    super();
    this.problems = new Loading(this, () => ['problems'], 5000);
    this.gateway = new Loading(this, () => ['gateway'], 10_000);
  }

  render() {
    const {value, error} = this.problems;
    return html`
      <div class="view-head"><h1>Configuration</h1>
        <div class="controls"><a class="button" href=${href('explain')}>Explain a request</a></div></div>
      ${failure(error)}
      ${value ? this.state(value) : html`<p class="none">Loading…</p>`}
      ${this.gateway.value ? this.about(this.gateway.value) : nothing}
      <section class="panel"><h2>On this port</h2>
        <ul class="pages">${PAGES.map(([path, what]) => html`
          <li><a href=${path} target="_blank" rel="noreferrer"><code>${path}</code></a> ${what}</li>`)}</ul></section>`;
  }

  state(value) {
    const problems = value.problems ?? [];
    const kept = value.onLastGoodState ?? [];
    const out = value.leftOut ?? [];
    const {needsRestart: restart = [], configurationApplied: applied} = this.gateway.value ?? {};
    return html`
      ${problems.length ? nothing : notice('Everything is in force', applied
        ? `Since ${moment(applied)}, ${ago(applied)}; no file has a problem.` : 'No file has a problem.', 'good')}
      ${out.length ? notice('Not served, since their files have mistakes', names(out), 'bad') : nothing}
      ${kept.length ? notice('Served by their last valid files', names(kept), 'warn') : nothing}
      ${restart.length ? notice('Changed, and need a restart', names(restart), 'warn') : nothing}
      ${problems.length ? html`<section class="panel problems"><h2>Rejected</h2>
        ${problems.map(problem)}</section>` : nothing}`;
  }

  about(gateway) {
    return html`<section class="panel"><h2>This gateway</h2><dl class="facts">
      ${fact('configuration of', `${moment(gateway.configurationApplied)}, ${ago(gateway.configurationApplied)}`)}
      ${fact('version', gateway.version)}
      ${fact('mode', gateway.mode)}
      ${fact('up for', span(gateway.uptimeMs / 1000))}
      ${fact('transport', gateway.transport)}
      ${fact('resolver', gateway.resolver)}
      ${fact('replica', gateway.replica)}
      ${fact('tenants', list(gateway.tenants))}
      ${fact('destinations', list(gateway.destinations))}
    </dl></section>`;
  }
}

const list = value => (Array.isArray(value) ? value.map(one => one.name ?? one).join(', ') : value);

const names = all => all.map((one, at) => html`${at ? ', ' : ''}<code>${one}</code>`);

const place = ({file, line, column}) => [file, line, column].filter(Boolean).join(':');

const problem = one => html`
  <article class="problem">
    <h3><code>${place(one)}</code> ${one.key ? tag(one.key) : nothing}</h3>
    <p>${one.message}</p>
    ${one.since ? html`<p class="muted">since ${moment(one.since)}, ${ago(one.since)}</p>` : nothing}
    ${one.excerpt ? html`<pre tabindex="0">${one.excerpt}</pre>` : nothing}
  </article>`;

customElements.define('clew-configuration', Configuration);
