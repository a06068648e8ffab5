import {Element, html} from '../core/element.js';

/** A text in fixed width with a button that copies it. */
class Copy extends Element {
  static properties = {text: {type: String}, label: {type: String}, done: {state: true}};

  constructor() {
    super();
    this.label = 'text';
    this.done = false;
  }

  async copy() {
    await navigator.clipboard.writeText(this.text);
    this.done = true;
    setTimeout(() => (this.done = false), 1200);
  }

  render() {
    return html`<code class="id">${this.text}</code>
      <button class="quiet" type="button" @click=${this.copy} aria-label="copy the ${this.label}">
        ${this.done ? 'copied' : 'copy'}
      </button>`;
  }
}

customElements.define('clew-copy', Copy);
