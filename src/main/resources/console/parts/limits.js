import {html, nothing} from '../core/element.js';
import {bytes, count} from '../core/format.js';
import {meter} from './meter.js';
import {tag} from './text.js';

const NEAR = 0.8;

const amount = (value, unit) => (unit === 'bytes' ? bytes(value) : count(value));

const nearness = limit => (limit.use === null ? -1 : limit.use / limit.bound);

/** Each limit that is set, the nearest first, and how much of it is in use. */
export function limitList(limits) {
  const bounded = limits.filter(limit => limit.bound !== null).sort((a, b) => nearness(b) - nearness(a));
  const replicas = new Set(bounded.map(limit => limit.replica)).size;
  return bounded.length ? html`<dl class="limits">${bounded.map(limit => html`
    <div>
      <dt>${limit.key.replace(/^limits\./, '')}${replicas > 1 ? html` <i>${limit.replica}</i>` : nothing}</dt>
      <dd>${limit.use === null ? html`<span></span>` : meter(limit.use, limit.bound, limit.key)}
        <span>${limit.use === null ? '' : `${amount(limit.use, limit.unit)} of `}${amount(limit.bound, limit.unit)}
          ${limit.unit === 'bytes' ? nothing : html`<i>${limit.unit}</i>`}</span>
        ${nearness(limit) >= 1 ? tag('reached', 'bad') : nearness(limit) >= NEAR ? tag('near', 'warn') : nothing}</dd>
    </div>`)}</dl>` : html`<p class="muted">No limits are set.</p>`;
}
