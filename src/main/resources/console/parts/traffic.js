import {Element, html, nothing} from '../core/element.js';
import {count, duration, percent} from '../core/format.js';
import {Loading} from '../core/loading.js';
import {failure} from './text.js';
import './plot.js';

const REQUESTS = [
  {key: 'good', name: 'good', kind: 'good'},
  {key: 'errors4xx', name: '4xx', kind: 'warn'},
  {key: 'errors5xx', name: '5xx', kind: 'bad'},
];
const LATENCY = [
  {key: 'p50Ms', name: 'p50', kind: 'p50'},
  {key: 'p95Ms', name: 'p95', kind: 'p95'},
  {key: 'p99Ms', name: 'p99', kind: 'p99'},
];
const ERRORS = REQUESTS.slice(1);

/** Traffic, errors and latency of the last hour, of a tenant or of all; fires “statistics” with what it loaded. */
class Traffic extends Element {
  static properties = {tenant: {type: String}};

  constructor() {
    super();
    this.loading = new Loading(this, () => ['statistics', {tenant: this.tenant, window: '1h'}], 10_000);
  }

  willUpdate(changed) {
    if (changed.get('tenant') !== undefined) {
      this.loading.restart();
    }
  }

  updated() {
    const {value} = this.loading;
    if (value && value !== this.told) {
      this.told = value;
      this.dispatchEvent(new CustomEvent('statistics', {detail: value}));
    }
  }

  render() {
    const {value, error} = this.loading;
    if (!value) {
      return failure(error);
    }
    const points = (value.minutes ?? []).map(one =>
      ({...one, good: Math.max(0, one.requests - one.errors4xx - one.errors5xx)}));
    const sum = key => points.reduce((total, point) => total + (point[key] ?? 0), 0);
    const requests = sum('requests');
    return html`
      <div class="figures">
        ${figure('requests in the last hour', count(requests))}
        ${figure('4xx', percent(requests ? sum('errors4xx') / requests : NaN), sum('errors4xx') ? 'warn' : '')}
        ${figure('5xx', percent(requests ? sum('errors5xx') / requests : NaN), sum('errors5xx') ? 'bad' : '')}
        ${figure('p99, last minute', duration(points.findLast(point => point.p99Ms !== null)?.p99Ms))}
      </div>
      <div class="plots">
        <clew-plot class="panel" heading="Requests per minute" shape="bars" .points=${points} .series=${REQUESTS}
          .show=${count}></clew-plot>
        <clew-plot class="panel" heading="Errors per minute" shape="bars" .points=${points} .series=${ERRORS}
          .show=${count}></clew-plot>
        <clew-plot class="panel" heading="Latency" .points=${points} .series=${LATENCY} .show=${duration}></clew-plot>
      </div>
      ${error ? failure(error) : nothing}`;
  }
}

const figure = (name, value, kind = '') =>
  html`<div class="figure panel"><span class="value ${kind}">${value}</span><span class="name">${name}</span></div>`;

customElements.define('clew-traffic', Traffic);
