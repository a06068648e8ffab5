import {Element, html, nothing, svg} from '../core/element.js';
import {minute} from '../core/format.js';

const WIDTH = 600;
const HEIGHT = 140;
const LEFT = 4;
const BOTTOM = 18;
const TOP = 14;
const GRID = [0, 0.5, 1];

/** Returns the next of 1, 2, 5, 10, 20… that is not below a number. */
function ceiling(number) {
  const power = 10 ** Math.floor(Math.log10(Math.max(number, 1e-9)));
  return [1, 2, 5, 10].map(step => step * power).find(step => step >= number) ?? 1;
}

/**
 * Series over time, as bars (stacked) or lines. points: [{time, …}], series: [{key, name, kind}], show
 * formats a value.
 * Pointing at it reads the values of that minute.
 */
class Plot extends Element {
  static properties = {
    points: {attribute: false},
    series: {attribute: false},
    shape: {type: String},
    heading: {type: String},
    show: {attribute: false},
    at: {state: true},
  };

  constructor() {
    super();
    this.points = [];
    this.series = [];
    this.shape = 'lines';
    this.show = String;
    this.at = null;
  }

  get top() {
    const sums = this.points.map(point => {
      const values = this.series.map(one => point[one.key] ?? 0);
      return this.shape === 'bars' ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
    });
    return ceiling(Math.max(0, ...sums) || 1);
  }

  x(index) {
    return LEFT + (index / Math.max(1, this.points.length)) * (WIDTH - LEFT);
  }

  y(value) {
    return TOP + (1 - value / this.top) * (HEIGHT - TOP - BOTTOM);
  }

  point(event) {
    const box = event.currentTarget.getBoundingClientRect();
    const share = ((event.clientX - box.left) / box.width) * WIDTH;
    const index = Math.floor(((share - LEFT) / (WIDTH - LEFT)) * this.points.length);
    this.at = index >= 0 && index < this.points.length ? index : null;
  }

  bars() {
    const width = (WIDTH - LEFT) / this.points.length;
    return this.points.map((point, index) => {
      let below = 0;
      return this.series.map(one => {
        const value = point[one.key] ?? 0;
        const from = this.y(below);
        below += value;
        return value ? svg`<rect class="area ${one.kind}" x=${this.x(index) + 0.5} width=${Math.max(1, width - 1)}
          y=${this.y(below)} height=${Math.max(0.8, from - this.y(below))}/>` : nothing;
      });
    });
  }

  lines() {
    return this.series.map(one => {
      let line = '';
      let dots = '';
      const isThere = index => typeof this.points[index]?.[one.key] === 'number';
      this.points.forEach((point, index) => {
        if (isThere(index)) {
          const place = `${this.x(index + 0.5).toFixed(1)} ${this.y(point[one.key]).toFixed(1)}`;
          line += `${isThere(index - 1) ? 'L' : 'M'}${place}`;
          // A line of one minute alone would not be seen.
          dots += isThere(index - 1) || isThere(index + 1) ? '' : `M${place}h0.1`;
        }
      });
      return svg`<path class="line ${one.kind}" d=${line} vector-effect="non-scaling-stroke"/>
        <path class="line dot ${one.kind}" d=${dots} vector-effect="non-scaling-stroke"/>`;
    });
  }

  render() {
    const top = this.top;
    const shown = this.at === null ? null : this.points[this.at];
    return html`
      <figure class="plot">
        <figcaption>
          <span class="title">${this.heading}</span>
          ${this.series.map(one => html`<span class="key"><i class=${one.kind}></i>${one.name}
            ${shown ? html`<b>${this.show(shown[one.key] ?? 0)}</b>` : nothing}</span>`)}
          <span class="when">${shown ? minute(shown.time) : nothing}</span>
        </figcaption>
        <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${this.summary()}
          @pointermove=${this.point} @pointerleave=${() => (this.at = null)}>
          ${GRID.map(share => svg`<line class="grid" x1="0" x2=${WIDTH} y1=${this.y(share * top)}
            y2=${this.y(share * top)} vector-effect="non-scaling-stroke"/>`)}
          ${this.shape === 'bars' ? this.bars() : this.lines()}
          ${shown ? svg`<line class="cursor" x1=${this.x(this.at + 0.5)} x2=${this.x(this.at + 0.5)} y1=${TOP}
            y2=${HEIGHT - BOTTOM} vector-effect="non-scaling-stroke"/>` : nothing}
        </svg>
        <div class="scale"><span>${this.show(top)}</span></div>
        <div class="times">
          <span>${this.points.length ? minute(this.points[0].time) : ''}</span>
          <span>${this.points.length ? minute(this.points.at(-1).time) : ''}</span>
        </div>
      </figure>`;
  }

  summary() {
    const last = this.points.at(-1);
    return last ? `${this.heading}, last minute: ${this.series
      .map(one => `${one.name} ${this.show(last[one.key] ?? 0)}`).join(', ')}` : `${this.heading}: nothing yet`;
  }
}

customElements.define('clew-plot', Plot);
