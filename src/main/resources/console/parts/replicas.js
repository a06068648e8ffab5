import {Element, html, nothing} from '../core/element.js';

/** Says which replicas did not answer for a list; nothing when all did. */
class Replicas extends Element {
  static properties = {replicas: {attribute: false}};

  render() {
    const missing = this.replicas?.missing ?? [];
    if (missing.length === 0) {
      return nothing;
    }
    return html`<div class="notice warn" role="status">
      <strong>${this.replicas.answered} of ${this.replicas.asked} replicas responded</strong>
      <div>Without ${missing.map((one, at) => html`${at ? ', ' : ''}<code>${one.replica}</code> (${one.why})`)}</div>
    </div>`;
  }
}

customElements.define('clew-replicas', Replicas);
