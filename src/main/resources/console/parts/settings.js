import {Element, html} from '../core/element.js';

const BUILT_IN = 'built-in';

const origin = ({kind, file, line} = {}) => (kind === 'file' ? `${file}:${line}` : kind);

/** The values in force, with where each comes from; a field filters them. */
class Settings extends Element {
  static properties = {values: {attribute: false}, filter: {state: true}, all: {state: true}};

  constructor() {
    super();
    this.values = [];
    this.filter = '';
    this.all = false;
  }

  render() {
    const shown = this.values.filter(value => (this.all || value.source?.kind !== BUILT_IN)
      && value.key.toLowerCase().includes(this.filter.toLowerCase()));
    return html`
      <div class="filter">
        <input type="search" placeholder="filter keys" aria-label="filter keys" .value=${this.filter}
          @input=${event => (this.filter = event.target.value)}>
        <label><input type="checkbox" .checked=${this.all} @change=${event => (this.all = event.target.checked)}>
          built-in values as well</label>
      </div>
      <div class="scroll" tabindex="0" role="region" aria-label="values">
        <table class="list settings" aria-label="values in force">
        <thead><tr><th scope="col">Key</th><th scope="col">Value</th><th scope="col">From</th></tr></thead>
        <tbody>${shown.map(({key, value, meaning, source}) => html`
          <tr><td><code>${key}</code></td>
            <td>${value === null ? html`<i>${meaning ?? 'unset'}</i>` : html`<code>${value}</code>`}</td>
            <td class="muted">${origin(source)}</td></tr>`)}</tbody>
      </table></div>`;
  }
}

customElements.define('clew-settings', Settings);
