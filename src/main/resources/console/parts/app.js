import {Element, html, nothing} from '../core/element.js';
import {hasToken, setToken, TOKEN_NEEDED} from '../core/api.js';
import {listen, moveRow} from '../core/keys.js';
import {Loading} from '../core/loading.js';
import {current, go, href, NAVIGATED} from '../core/router.js';
import {nextTheme, theme} from '../core/theme.js';
import {live} from '../lit/directives/live.js';
import {notice} from './text.js';
import './help.js';
import './token-form.js';
import '../views/configuration.js';
import '../views/explain.js';
import '../views/request.js';
import '../views/requests.js';
import '../views/telemetry.js';
import '../views/tenant.js';
import '../views/tenants.js';

const TABS = [
  ['requests', 'Requests'],
  ['tenants', 'Tenants'],
  ['telemetry', 'Telemetry'],
  ['configuration', 'Configuration'],
  ['explain', 'Explain'],
];
const THEMES = {system: 'auto', light: 'light', dark: 'dark'};

/** The page around the views: navigation, search, keyboard, token. */
class App extends Element {
  static properties = {view: {state: true}, needsToken: {state: true}};

  constructor() {
    super();
    this.view = current();
    this.needsToken = false;
    this.gateway = new Loading(this, () => ['gateway'], 15_000);
    this.problems = new Loading(this, () => ['problems'], 15_000);
    window.addEventListener(NAVIGATED, () => this.navigated());
    window.addEventListener(TOKEN_NEEDED, event => {
      this.needsToken = true;
      this.rejected = event.detail.rejected;
    });
    listen(this.keys());
  }

  navigated() {
    const before = this.view;
    this.view = current();
    if (before.name !== this.view.name || before.id !== this.view.id) {
      scrollTo(0, 0);
    }
    this.entitle();
  }

  entitle() {
    const {name, id} = this.view;
    document.title = `${id ?? name} · Clew`;
  }

  firstUpdated() {
    this.entitle();
  }

  keys() {
    const to = name => () => go(href(name));
    const ofView = name => () => this.querySelector('main > *')?.key?.(name) ?? false;
    return {
      '/': () => this.search.select(),
      j: () => moveRow(1),
      ArrowDown: () => moveRow(1),
      k: () => moveRow(-1),
      ArrowUp: () => moveRow(-1),
      '?': () => this.querySelector('clew-help').open(),
      Escape: event => this.escape(event),
      m: () => this.theme(),
      t: ofView('t'),
      p: ofView('p'),
      y: ofView('y'),
      'g r': to('requests'),
      'g t': to('tenants'),
      'g d': to('telemetry'),
      'g c': to('configuration'),
      'g e': to('explain'),
    };
  }

  get search() {
    return this.querySelector('#search');
  }

  /** Leaves what is innermost: an open dialog by itself, a field, a view below another. */
  escape({target}) {
    if (document.querySelector('dialog[open]')) {
      return false;
    }
    if (target.matches?.('input, textarea, select')) {
      target.blur();
    } else if (this.view.id !== null) {
      history.length > 1 ? history.back() : go(href(this.view.name));
    } else if (this.view.query.size) {
      go(href(this.view.name));
    } else {
      return false;
    }
    return true;
  }

  theme() {
    nextTheme();
    this.requestUpdate();
  }

  submit(event) {
    event.preventDefault();
    const live = this.view.name === 'requests' && this.view.query.has('live') ? '1' : '';
    go(href('requests', null, {q: this.search.value.trim(), live}));
    this.search.blur();
  }

  render() {
    if (this.needsToken) {
      return html`<main><clew-token-form ?rejected=${this.rejected} @token=${this.opened}></clew-token-form></main>`;
    }
    const {view} = this;
    return html`
      <a class="skip" href="#main">to the content</a>
      <header class="bar">
        <a class="brand" href=${href('requests')} aria-label="Clew, requests">${logo()}<b>clew</b></a>
        <nav aria-label="views">${TABS.map(([name, label]) => html`
          <a href=${href(name)} aria-current=${view.name === name ? 'page' : nothing}>${label}${this.badge(name)}</a>`)}
        </nav>
        <form role="search" @submit=${this.submit}>
          <input id="search" type="search" spellcheck="false" autocomplete="off" autocapitalize="off"
            aria-label="search requests" placeholder="trace ID, URL, or tenant:acme status:5xx slower:500ms"
            .value=${live(view.name === 'requests' && view.id === null ? view.query.get('q') ?? '' : '')}>
          <kbd aria-hidden="true">/</kbd>
        </form>
        <div class="tools">
          <button class="quiet" @click=${this.theme} title="light, dark, or as the system (m)">
            ${THEMES[theme()]}</button>
          <button class="quiet" @click=${() => this.querySelector('clew-help').open()} title="keys and search (?)"
            aria-label="keys and search">?</button>
        </div>
      </header>
      <main id="main" tabindex="-1">${this.shown(view)}</main>
      ${this.foot()}
      <clew-help></clew-help>`;
  }

  badge(name) {
    const problems = this.problems.value?.problems?.length ?? 0;
    return name === 'configuration' && problems
      ? html` <span class="count" title="problems">${problems}</span>` : nothing;
  }

  shown({name, id, query}) {
    switch (name) {
      case 'requests':
        return id === null ? html`<clew-requests .query=${query}></clew-requests>`
          : html`<clew-request .requestId=${id}></clew-request>`;
      case 'tenants':
        return id === null ? html`<clew-tenants></clew-tenants>` : html`<clew-tenant .tenantId=${id}></clew-tenant>`;
      case 'telemetry':
        return html`<clew-telemetry></clew-telemetry>`;
      case 'configuration':
        return html`<clew-configuration></clew-configuration>`;
      case 'explain':
        return html`<clew-explain .query=${query}></clew-explain>`;
      default:
        return notice('No such view', html`<code>${location.pathname}</code> is none of this console's.
          <a href=${href('requests')}>Requests</a>`, 'warn');
    }
  }

  foot() {
    const gateway = this.gateway.value;
    return html`<footer>${gateway ? html`Clew ${gateway.version} · ${gateway.mode} · ${gateway.replica}` : nothing}
      ${hasToken() ? html`<button class="quiet" @click=${this.signOut}>forget the token</button>` : nothing}</footer>`;
  }

  signOut() {
    setToken(null);
    this.rejected = false;
    this.needsToken = true;
  }

  opened() {
    this.needsToken = false;
    this.gateway.reload();
    this.problems.reload();
  }
}

const logo = () => html`<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
  <circle cx="11" cy="12" r="8"/>
  <path d="M4 10c5-4 10-4 14 0M3.500 14c5-5 11-4 15 1M6 18c3-5 8-7 12-5M19 15c1 3 2 4 4 4"/></svg>`;

customElements.define('clew-app', App);
