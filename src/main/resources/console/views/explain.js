import {Element, html, nothing} from '../core/element.js';
import {Loading} from '../core/loading.js';
import {go, href} from '../core/router.js';
import {failure, prose, status, tag, tenantLink} from '../parts/text.js';
import {trail} from '../parts/trail.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What would become of a request, without sending it. */
class Explain extends Element {
  static properties = {query: {attribute: false}};

  constructor() {
    super();
    this.loading = new Loading(this, () => this.asked());
  }

  willUpdate(changed) {
    if (changed.get('query')) {
      this.loading.restart();
    }
  }

  get headers() {
    return (this.query.get('headers') ?? '').split('\n').map(line => line.trim()).filter(Boolean);
  }

  asked() {
    const [host, path] = [this.query.get('host'), this.query.get('path')];
    return host && path
      ? ['explain', {host, path, method: this.query.get('method') ?? 'GET', header: this.headers}]
      : null;
  }

  submit(event) {
    event.preventDefault();
    const fields = new FormData(event.target);
    const [, host, path] = /^(?:https?:\/\/)?([^/]*)(\/[^?#]*)?/.exec(fields.get('url').trim());
    const query = {host, path: path ?? '/', method: fields.get('method'), headers: fields.get('headers').trim()};
    const url = href('explain', null, query);
    if (url === location.pathname + location.search) {
      this.loading.restart();
    }
    go(url);
  }

  render() {
    const {value, error} = this.loading;
    const url = `${this.query.get('host') ?? ''}${this.query.get('path') ?? ''}`;
    const method = this.query.get('method') ?? 'GET';
    return html`
      <div class="view-head"><h1>Explain</h1></div>
      <form class="panel explain" @submit=${this.submit}>
        <p class="muted">What would become of a request, by the configuration in force. Nothing is sent.</p>
        <div class="line">
          <label>Method <select name="method">${METHODS.map(one =>
            html`<option ?selected=${one === method}>${one}</option>`)}</select></label>
          <label class="grow">URL <input name="url" required .value=${url} spellcheck="false" autocomplete="off"
            placeholder="https://acme.example.com/orders/17"></label>
          <button type="submit" class="primary">Explain</button>
        </div>
        <details ?open=${this.headers.length > 0}><summary>Headers</summary>
          <label><span class="hidden">Headers</span><textarea name="headers" rows="4" spellcheck="false"
            placeholder="X-Tenant: acme" .value=${this.query.get('headers') ?? ''}></textarea></label></details>
      </form>
      ${failure(error)}
      ${value ? this.result(value) : nothing}`;
  }

  result({story, outcome = {}, trail: steps}) {
    return html`
      <section class="panel"><h2>Outcome ${outcome.status ? status(outcome.status) : tag('forwarded', 'good')}</h2>
        <p class="story">${prose(story)}</p>
        <dl class="facts">
          <div class="fact"><dt>tenant</dt><dd>${tenantLink(outcome.tenant)}</dd></div>
          <div class="fact"><dt>route</dt><dd>${outcome.route ?? html`<i>none</i>`}</dd></div>
          <div class="fact"><dt>upstream</dt><dd>${outcome.upstream ?? html`<i>none</i>`}</dd></div>
        </dl></section>
      <section class="panel"><h2>Decisions</h2>${trail(steps)}</section>`;
  }
}

customElements.define('clew-explain', Explain);
