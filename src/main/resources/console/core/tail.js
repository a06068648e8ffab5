import {events} from './api.js';

const MOST = 500;
const AGAIN_MS = 2000;

/** The live stream of requests for a component: newest first, bounded, and held back while paused. */
export class Tail {
  /** @param changed called after every change */
  constructor(changed) {
    this.changed = changed;
    this.rows = [];
    this.held = [];
    this.dropped = 0;
    this.paused = false;
    this.error = null;
    this.isOn = false;
  }

  start(params) {
    this.stop();
    this.isOn = true;
    this.rows = [];
    this.abort = new AbortController();
    this.follow(params, this.abort.signal);
  }

  stop() {
    this.isOn = false;
    this.paused = false;
    this.held = [];
    this.dropped = 0;
    this.error = null;
    this.abort?.abort();
  }

  /** Pauses, or goes on with what came meanwhile. */
  pause() {
    this.paused = !this.paused;
    if (!this.paused) {
      this.rows = [...this.held, ...this.rows].slice(0, MOST);
      this.held = [];
    }
    this.changed();
  }

  async follow(params, signal) {
    while (!signal.aborted) {
      try {
        for await (const {event, data} of events('requests/stream', params, signal)) {
          this.error = null;
          this.take(event, data);
        }
      } catch (error) {
        if (signal.aborted || error.status === 401) {
          return;
        }
        this.error = error;
        this.changed();
      }
      await new Promise(resolve => setTimeout(resolve, AGAIN_MS));
    }
  }

  take(event, data) {
    if (event === 'dropped') {
      this.dropped += data.count;
    } else if (event === 'request') {
      const list = this.paused ? this.held : this.rows;
      list.unshift(data);
      list.length = Math.min(list.length, MOST);
    }
    this.changed();
  }
}
