import {svg, html} from '../core/element.js';

const LOW = 0.6;
const HIGH = 0.85;

/** How much of a bound is in use, as a bar. Geometry is in attributes, since the page allows no inline style. */
export function meter(use, bound, label) {
  const share = bound > 0 ? Math.min(1, use / bound) : 0;
  const kind = share >= HIGH ? 'bad' : share >= LOW ? 'warn' : 'good';
  return html`<svg class="meter ${kind}" viewBox="0 0 100 6" preserveAspectRatio="none" role="img"
    aria-label="${label}: ${Math.round(share * 100)} %">
    ${svg`<rect class="track" width="100" height="6" rx="1"/>
      <rect class="use" width=${share * 100} height="6" rx="1"/>`}
  </svg>`;
}
