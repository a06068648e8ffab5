import {html, nothing} from '../core/element.js';
import {duration} from '../core/format.js';
import {prose, status, tag} from './text.js';

/** The attempts with all their times. */
export const attemptTable = attempts => html`
  <div class="scroll" tabindex="0" role="region" aria-label="attempts"><table class="attempts" aria-label="attempts">
    <thead><tr>
      <th scope="col">Endpoint</th><th scope="col">Result</th><th scope="col">Connection</th>
      <th scope="col" class="number">DNS</th><th scope="col" class="number">Connect</th>
      <th scope="col" class="number">TLS</th><th scope="col" class="number">First byte</th>
      <th scope="col" class="number">Total</th><th scope="col">Why this endpoint</th>
    </tr></thead>
    <tbody>${attempts.map(attempt => html`
      <tr>
        <td><code>${attempt.endpoint}</code></td>
        <td>${attempt.status ? status(attempt.status) : nothing}
          ${attempt.error ? tag(attempt.error, 'bad') : nothing}</td>
        <td>${attempt.connection}</td>
        <td class="number">${duration(attempt.dnsMs)}</td>
        <td class="number">${duration(attempt.connectMs)}</td>
        <td class="number">${duration(attempt.tlsMs)}</td>
        <td class="number">${duration(attempt.firstByteMs)}</td>
        <td class="number">${duration(attempt.totalMs)}</td>
        <td>${prose(attempt.choice ?? '')} ${attempt.probe ? tag('probe', 'warn') : nothing}</td>
      </tr>`)}</tbody>
  </table></div>`;
