import {html, nothing} from '../core/element.js';
import {duration} from '../core/format.js';
import {prose} from './text.js';

/** How a decision went for the request: good, warn or bad. */
function tone({step, verdict}) {
  switch (step) {
    case 'attempt':
      return /: status [1-4]\d\d$/.test(verdict) ? 'good' : 'bad';
    case 'end':
      return verdict.startsWith('5') ? 'bad' : verdict.startsWith('4') ? 'warn' : 'good';
    case 'access':
      return 'bad';
    case 'authentication':
      return verdict === 'accepted' ? 'good' : 'bad';
    case 'limits':
      return verdict === 'near' ? 'warn' : 'bad';
    case 'retry':
      return 'warn';
    default:
      return /^(missed|none|open|suspended|unknown)/.test(verdict) ? 'bad' : 'good';
  }
}

/** The decisions about a request, in order. */
export const trail = steps => html`
  <ol class="trail">${(steps ?? []).map(step => html`
    <li class=${tone(step)}>
      <span class="step">${step.step}</span>
      <div><strong>${prose(step.verdict)}</strong>
        ${step.why ? html`<span class="why">${prose(step.why)}</span>` : nothing}</div>
      <span class="at">${step.atMs === null || step.atMs === undefined ? nothing : `+${duration(step.atMs)}`}</span>
    </li>`)}
  </ol>`;
