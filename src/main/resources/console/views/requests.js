import {Element, html, nothing} from '../core/element.js';
import {get} from '../core/api.js';
import {Tail} from '../core/tail.js';
import {read, toggle} from '../core/query.js';
import {go, href} from '../core/router.js';
import {requestTable} from '../parts/request-table.js';
import {failure, notice, prose} from '../parts/text.js';
import '../parts/replicas.js';

const CHIPS = [
  ['worth:failed', 'Failed'],
  ['worth:slow', 'Slow'],
  ['worth:rejected', 'Rejected'],
  ['worth:retried', 'Retried'],
  ['worth:broken-trace', 'Broken traces'],
  ['status:4xx', '4xx'],
  ['status:5xx', '5xx'],
];
const REFRESH_MS = 5000;

/** The list of kept requests: by conditions, newest first; or live. */
class Requests extends Element {
  static properties = {query: {attribute: false}};

  constructor() {
    super();
    this.page = null;
    this.error = null;
    this.found = null;
    this.tail = new Tail(() => this.requestUpdate());
  }

  get text() {
    return this.query.get('q') ?? '';
  }

  get isLive() {
    return this.query.has('live');
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.refresh(), REFRESH_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.tail.stop();
    this.abort?.abort();
  }

  willUpdate(changed) {
    if (changed.has('query')) {
      this.found = read(this.text);
      this.more = [];
      this.page = null;
      this.explained = null;
      this.open();
    }
  }

  /** Follows what the search asks for: a request by its ID opens at once. */
  async open() {
    const {found} = this;
    this.tail.stop();
    if (found.kind === 'request') {
      go(href('requests', found.id), {replace: true});
    } else if (found.kind === 'url') {
      await this.load(() => get('explain', {host: found.host, path: found.path}), explained => {
        this.explained = explained;
      });
      const {tenant, route} = this.explained?.outcome ?? {};
      this.params = tenant ? {tenant, route} : {error: 'unknown-host'};
      await this.list();
    } else if (found.kind !== 'mistake') {
      this.params = found.kind === 'trace' ? {'trace-id': found.id} : found.params;
      if (this.isLive) {
        this.tail.start(this.params);
      } else {
        await this.list();
      }
    }
  }

  async list() {
    await this.load(signal => get('requests', this.params, signal), page => {
      this.page = page;
      if (this.found.kind === 'trace' && page.requests.length === 1) {
        go(href('requests', page.requests[0].id), {replace: true});
      }
    });
  }

  refresh() {
    const isOnFirstPage = this.more?.length === 0 && !this.isLive && this.page !== null;
    if (isOnFirstPage && !document.hidden && this.found.kind === 'filters') {
      this.list();
    }
  }

  async next() {
    await this.load(signal => get('requests', {...this.params, cursor: this.page.next}, signal), page => {
      this.more = [...this.more, ...this.page.requests];
      this.page = page;
    });
  }

  async load(what, done) {
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    try {
      const value = await what(abort.signal);
      this.error = null;
      done(value);
    } catch (error) {
      if (!abort.signal.aborted) {
        this.error = error;
      }
    }
    this.requestUpdate();
  }

  /** Called by the page for a key; returns false if it is none of this view's. */
  key(name) {
    if (name === 't') {
      go(href('requests', null, {q: this.text, live: this.isLive ? '' : '1'}));
    } else if (name === 'p' && this.isLive) {
      this.tail.pause();
    } else {
      return false;
    }
    return true;
  }

  render() {
    const {found, page, tail} = this;
    const rows = this.isLive ? tail.rows : [...(this.more ?? []), ...(page?.requests ?? [])];
    return html`
      <div class="view-head">
        <h1>Requests</h1>
        <div class="chips" role="group" aria-label="filters">
          ${CHIPS.map(([filter, name]) => this.chip(filter, name))}</div>
        ${this.controls()}
      </div>
      ${found.kind === 'mistake' ? notice('This search is not understood', found.message, 'warn') : nothing}
      ${this.explained ? this.address() : nothing}
      ${failure(this.error ?? (this.isLive ? tail.error : null))}
      ${page ? html`<clew-replicas .replicas=${page.replicas}></clew-replicas>` : nothing}
      ${rows.length ? requestTable(rows, 'requests, newest first') : this.nothing()}
      ${page?.next && !this.isLive ? html`<button class="more" @click=${this.next}>Older requests</button>` : nothing}`;
  }

  chip(filter, name) {
    const [key, value] = filter.split(':');
    const isOn = this.text.split(/\s+/).includes(filter);
    const url = href('requests', null, {q: toggle(this.text, key, value), live: this.isLive ? '1' : ''});
    return html`<a class="chip" href=${url} aria-current=${isOn ? 'true' : nothing}>${name}</a>`;
  }

  controls() {
    const {tail} = this;
    return html`<div class="controls">
      ${this.isLive ? html`
        <span class="live" role="status"><i class=${tail.paused ? 'paused' : ''}></i>
          ${tail.paused ? `paused, ${tail.held.length} new` : 'live'}
          ${tail.dropped ? html`<span class="muted">${tail.dropped} not shown</span>` : nothing}</span>
        <button @click=${() => tail.pause()}>${tail.paused ? 'Go on' : 'Pause'} <kbd>p</kbd></button>` : nothing}
      <button class=${this.isLive ? '' : 'primary'} @click=${() => this.key('t')}>
        ${this.isLive ? 'Stop' : 'Live tail'} <kbd>t</kbd></button>
    </div>`;
  }

  address() {
    const {host, path} = this.found;
    return html`<div class="notice plain" role="status"><strong>${host}${path}</strong>
      <div>${prose(this.explained.story)} <a href=${href('explain', null, {host, path})}>Explain</a></div></div>`;
  }

  nothing() {
    if (this.isLive) {
      return html`<p class="none">Waiting for requests${this.text ? ' that match' : ''}…</p>`;
    }
    if (this.page === null) {
      return this.error || this.found.kind === 'mistake' ? nothing : html`<p class="none">Loading…</p>`;
    }
    return this.found.kind === 'trace' ? this.unknownTrace() : html`<p class="none">
      No request in the journal matches.
      ${this.text ? html` <a href=${href('requests')}>Show all</a>` : ' Send one.'}</p>`;
  }

  unknownTrace() {
    return notice('No kept request has this trace ID', html`
      <code>${this.found.id}</code>
      <p>Failed, slow, rejected and retried requests are kept for long, of the ordinary ones the newest and a sample.
      It may have been one of the others, have been too long ago, or not have come through this gateway. The access log
      has a line for it, and the trace backend its spans if it was sampled.</p>`, 'warn');
  }
}

customElements.define('clew-requests', Requests);
