import {get} from './api.js';

/** Loads a resource for a component, and again at an interval while somebody sees the page. */
export class Loading {
  /**
   * @param host the component, updated with every change
   * @param what returns [path, params], or null when there is nothing to load
   * @param every milliseconds between two requests; 0 loads once
   */
  constructor(host, what, every = 0) {
    this.host = host;
    this.what = what;
    this.every = every;
    this.value = null;
    this.error = null;
    this.loading = false;
    host.addController(this);
  }

  hostConnected() {
    this.reload();
    if (this.every) {
      this.timer = setInterval(() => document.hidden || this.reload(), this.every);
    }
  }

  hostDisconnected() {
    clearInterval(this.timer);
    this.abort?.abort();
  }

  /** Forgets the value, which belongs to something else, and loads. */
  restart() {
    this.value = null;
    this.error = null;
    return this.reload();
  }

  async reload() {
    const wanted = this.what();
    this.abort?.abort();
    if (wanted === null) {
      return;
    }
    const abort = new AbortController();
    this.abort = abort;
    this.loading = true;
    this.host.requestUpdate();
    try {
      this.value = await get(...wanted, abort.signal);
      this.error = null;
    } catch (error) {
      if (abort.signal.aborted) {
        return;
      }
      this.error = error;
    }
    this.loading = false;
    this.host.requestUpdate();
  }
}
