import {Element, html, nothing} from '../core/element.js';
import {ago, bytes, count} from '../core/format.js';
import {Loading} from '../core/loading.js';
import {coverageTable} from '../parts/coverage.js';
import {meter} from '../parts/meter.js';
import {fact, failure, notice, tag} from '../parts/text.js';

/** The telemetry destinations: queues, drops by reason, last error; and who breaks traces. */
class Telemetry extends Element {
  constructor() {
    super();
    this.loading = new Loading(this, () => ['destinations'], 5000);
    this.coverage = new Loading(this, () => ['coverage'], 10_000);
  }

  render() {
    const {value, error} = this.loading;
    const coverage = this.coverage.value;
    return html`
      <div class="view-head"><h1>Telemetry</h1></div>
      ${failure(error)}
      ${value ? this.page(value) : html`<p class="none">Loading…</p>`}
      <section class="panel"><h2>Coverage: who breaks the chain</h2>
        ${coverage ? coverageTable(coverage.coverage
          .map(row => ({...row, upstream: `${row.tenant} › ${row.upstream}`}))) : nothing}
      </section>`;
  }

  page(value) {
    const problems = value.settingProblems ?? [];
    return html`
      ${value.disabled ? notice('Spans are not exported', 'Telemetry is switched off.', 'warn') : nothing}
      ${problems.map(one => notice(one.setting, one.problem, 'warn'))}
      ${value.logLinesLost
        ? notice('Lines of the log were lost', `${count(value.logLinesLost)} since the start.`, 'warn') : nothing}
      <div class="cards">
        ${(value.destinations ?? []).map(one => card(one, 'spans'))}
        ${value.logs ? card({name: 'logs', ...value.logs}, 'records') : nothing}
        ${value.metrics ? card({name: 'metrics', ...value.metrics}, 'collections') : nothing}
      </div>`;
  }
}

/** The states of a destination; any other is a failure. */
const STATES = {working: 'good', trying: 'warn', idle: 'plain'};

function card(one, items) {
  if (one.state === 'off') {
    return html`<section class="panel card"><h2>${one.name} ${tag('off')}</h2>
      <p class="muted">Not set up.</p></section>`;
  }
  const dropped = Object.entries(one.dropped ?? {});
  const queued = one.queue?.[items] ?? 0;
  return html`<section class="panel card">
    <h2>${one.name} ${tag(one.state, STATES[one.state] ?? 'bad')} <i>${one.replica ?? ''}</i></h2>
    <p class="muted"><code>${one.address ?? 'no endpoint'}</code> ${one.protocol ?? ''}</p>
    <div class="queue">${meter(queued, one.queue?.capacity ?? 0, 'queue')}
      <span>${count(queued)} of ${count(one.queue?.capacity)} ${items} queued,
        ${bytes(one.queue?.bytes ?? 0)}</span></div>
    <dl class="facts">
      ${fact('exported', count(one.exported))}
      ${fact('last success', ago(one.lastSuccess))}
      ${dropped.map(([reason, lost]) => fact('dropped', html`<b class="bad">${count(lost)}</b> ${reason}`))}
      ${one.lastError ? fact('last error', html`${one.lastError.error}
        <span class="muted">${ago(one.lastError.time)}</span>`) : nothing}
    </dl>
  </section>`;
}

customElements.define('clew-telemetry', Telemetry);
