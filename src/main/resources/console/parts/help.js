import {Element, html} from '../core/element.js';
import {KEYS} from '../core/query.js';
import {SHORTCUTS} from '../core/keys.js';

const EXAMPLES = [
  ['4bf92f3577b34da6a3ce929d0e0e4736', 'a trace ID; anything that contains one: a traceparent, a header, a log line'],
  ['https://acme.example.com/orders/17', 'a URL: its tenant and route, and their requests'],
  ['tenant:acme status:5xx slower:500ms', 'conditions, all of which must hold'],
  ['failed since:10m', 'why it was kept, and since when'],
];

/** The list of keys, and what the search field takes. */
class Help extends Element {
  open() {
    this.querySelector('dialog').showModal();
  }

  render() {
    return html`
      <dialog class="panel" aria-labelledby="help-title" @click=${event =>
        event.target.localName === 'dialog' && event.target.close()}>
        <div class="help">
          <section>
            <h2 id="help-title">Keys</h2>
            <dl class="keys">${SHORTCUTS.map(([keys, what]) => html`
              <div><dt>${keys.split(/\s+/).map(key => html`<kbd>${key}</kbd> `)}</dt><dd>${what}</dd></div>`)}
            </dl>
          </section>
          <section>
            <h2>Search</h2>
            <dl class="examples">${EXAMPLES.map(([text, what]) => html`
              <div><dt><code>${text}</code></dt><dd>${what}</dd></div>`)}
            </dl>
            <p class="muted">Conditions: ${Object.keys(KEYS).map(key => html`<code>${key}:</code> `)}</p>
          </section>
          <form method="dialog"><button class="primary" autofocus>Close</button></form>
        </div>
      </dialog>`;
  }
}

customElements.define('clew-help', Help);
