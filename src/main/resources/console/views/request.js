import {Element, html, nothing} from '../core/element.js';
import {apiPath, download} from '../core/api.js';
import {bytes, duration, moment} from '../core/format.js';
import {Loading} from '../core/loading.js';
import {href} from '../core/router.js';
import {attemptTable} from '../parts/attempt-table.js';
import {fact, failure, notice, prose, status, tag, tenantLink, worth} from '../parts/text.js';
import {trail} from '../parts/trail.js';
import '../parts/copy.js';
import '../parts/waterfall.js';

/** One request: what happened, when, and why. */
class Request extends Element {
  static properties = {requestId: {type: String}};

  constructor() {
    super();
    this.loading = new Loading(this, () => [`requests/${encodeURIComponent(this.requestId)}`]);
  }

  willUpdate(changed) {
    if (changed.get('requestId') !== undefined) {
      this.loading.restart();
    }
  }

  key(name) {
    if (name === 'y' && this.loading.value) {
      this.querySelector('clew-copy')?.copy();
      return true;
    }
    return false;
  }

  render() {
    const {value, error} = this.loading;
    if (error) {
      return error.status === 404 ? this.unknown() : failure(error);
    }
    return value ? this.page(value) : html`<p class="none">Loading…</p>`;
  }

  unknown() {
    return notice('No such request', html`<p>
      No replica keeps a request <code>${this.requestId}</code>. It may have been too long ago. If these are
      the first digits of a trace ID,
      <a href=${href('requests', null, {q: `trace:${this.requestId}`})}>search for the trace</a>.</p>`, 'warn');
  }

  page(request) {
    return html`
      <article class="request">
        <header class="panel">
          <h1>${status(request.status)} <span class="method">${request.method}</span>
            ${request.host ?? ''}<span class="path">${request.path ?? ''}</span> ${worth(request.worth)}</h1>
          <p class="story">${prose(request.story)}</p>
          ${this.facts(request)}
          ${this.links(request)}
        </header>
        <section class="panel"><h2>Timeline</h2>
          <clew-waterfall .request=${request}></clew-waterfall>
          ${request.attempts?.length ? attemptTable(request.attempts) : nothing}
        </section>
        <section class="panel"><h2>Decisions</h2>${trail(request.trail)}</section>
        <section class="panel"><h2>Log line</h2>${pairs(request.log)}</section>
        <section class="panel"><h2>Headers sent to the client</h2>${pairs(request.responseHeaders)}</section>
      </article>`;
  }

  facts(request) {
    return html`<dl class="facts">
      ${fact('trace ID', html`<clew-copy .text=${request.traceId} label="trace ID"></clew-copy>`)}
      ${fact('time', moment(request.time))}
      ${fact('took', duration(request.durationMs))}
      ${fact('tenant', tenantLink(request.tenant))}
      ${fact('route', request.route)}
      ${fact('upstream', request.upstream)}
      ${fact('endpoint', request.endpoint)}
      ${fact('error', request.error ? tag(request.error, 'bad') : null)}
      ${fact('protocol', request.protocol)}
      ${fact('received', bytes(request.requestBytes))}
      ${fact('sent', bytes(request.responseBytes))}
      ${fact('trace', request.sampled ? 'sampled' : `not sampled${request.kept ? `, kept: ${request.kept}` : ''}`)}
      ${fact('span ID', html`<code>${request.id}</code>`)}
      ${fact('replica', request.replica)}
    </dl>`;
  }

  links(request) {
    const trace = `traces/${request.traceId}`;
    return html`<p class="links">
      ${(request.links ?? []).map(link => html`<a class="button primary" href=${link.url} target="_blank"
        rel="noreferrer">Trace in ${link.destination}</a>`)}
      <a class="button" href=${href('requests', null, {q: `trace:${request.traceId}`})}>Requests of this trace</a>
      <a class="button" href=${apiPath(trace)} @click=${event => save(event, trace, {}, 'otlp')}>OTLP JSON</a>
      <a class="button" href=${apiPath(trace, {format: 'zipkin'})}
        @click=${event => save(event, trace, {format: 'zipkin'}, 'zipkin')}>Zipkin JSON</a>
    </p>`;
  }
}

/** Saves a trace with the token that a link would not send. */
function save(event, path, params, kind) {
  event.preventDefault();
  download(path, params, `${path.split('/')[1]}.${kind}.json`);
}

function pairs(object) {
  const entries = Object.entries(object ?? {});
  return entries.length ? html`<dl class="pairs">${entries.map(([key, value]) => html`
    <div><dt>${key}</dt><dd>${typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd></div>`)}</dl>`
    : html`<p class="muted">None.</p>`;
}

customElements.define('clew-request', Request);
