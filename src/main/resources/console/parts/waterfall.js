import {Element, html, nothing, svg} from '../core/element.js';
import {duration} from '../core/format.js';

/** The phases of an attempt, in order. */
const PHASES = [
  ['dnsMs', 'dns', 'DNS'],
  ['connectMs', 'connect', 'connect'],
  ['tlsMs', 'tls', 'TLS'],
  ['firstByteMs', 'wait', 'first byte'],
];
const WIDTH = 1000;
const THICKNESS = 14;

const isFailed = attempt => attempt.error !== null || attempt.status >= 500;

/** The spans of a request at the gateway, by time: its own, and one for each attempt. */
class Waterfall extends Element {
  static properties = {request: {attribute: false}};

  render() {
    const {request} = this;
    const attempts = request.attempts ?? [];
    const ends = attempts.map(attempt => attempt.startMs + (attempt.totalMs ?? 0));
    const total = Math.max(request.durationMs, ...ends, 0.001);
    const ticks = [0, 0.25, 0.5, 0.75, 1];
    return html`
      <div class="waterfall" role="table" aria-label="spans of the request">
        <div class="row head" role="row">
          <span role="columnheader">span</span>
          <span class="ticks" role="columnheader" aria-label="time">${ticks.map(share =>
            html`<span>${share ? duration(share * total) : '0'}</span>`)}</span>
          <span class="took" role="columnheader">took</span>
        </div>
        ${this.row('server', html`<b>SERVER</b> ${request.method} ${request.route ?? ''}`, total, 0, request.durationMs,
          request.status >= 500 || (request.error && !request.status))}
        ${attempts.map((attempt, at) => this.row('client', html`<b>${at + 1}.</b> ${attempt.endpoint}
          <span class="outcome ${isFailed(attempt) ? 'bad' : ''}">${attempt.error ?? attempt.status ?? ''}</span>`,
          total, attempt.startMs, attempt.totalMs ?? 0, isFailed(attempt), attempt))}
        <div class="legend">
          ${PHASES.map(([, kind, name]) => html`<span><i class=${kind}></i>${name}</span>`)}
          <span><i class="rest"></i>response</span>
        </div>
      </div>`;
  }

  row(kind, name, total, start, took, isBad, attempt = null) {
    const x = ms => (ms / total) * WIDTH;
    return html`
      <div class="row ${kind}" role="row">
        <span class="name" role="rowheader">${name}</span>
        <svg viewBox="0 0 ${WIDTH} ${THICKNESS}" preserveAspectRatio="none" role="cell"
          aria-label="from ${duration(start)}, ${duration(took)}">
          ${[0.25, 0.5, 0.75].map(share => svg`<line class="grid" x1=${share * WIDTH} x2=${share * WIDTH} y1="-8"
            y2="22" vector-effect="non-scaling-stroke"/>`)}
          ${svg`<rect class="bar ${kind} ${isBad ? 'bad' : ''}" x=${x(start)} y="1" height="12"
            width=${Math.max(3, x(took))} rx="1"/>`}
          ${attempt ? phases(attempt, x) : nothing}
        </svg>
        <span class="took" role="cell">${duration(took)}</span>
      </div>`;
  }
}

/** firstByteMs is counted from the attempt's start, the others are durations. */
function phases(attempt, x) {
  let at = attempt.startMs;
  return PHASES.map(([key, kind]) => {
    const took = kind === 'wait' ? attempt.startMs + (attempt.firstByteMs ?? 0) - at : attempt[key] ?? 0;
    if (attempt[key] === null || attempt[key] === undefined || took <= 0) {
      return nothing;
    }
    const from = at;
    at += took;
    return svg`<rect class="phase ${kind}" x=${x(from)} y="1" width=${x(took)} height="12"/>`;
  });
}

customElements.define('clew-waterfall', Waterfall);
