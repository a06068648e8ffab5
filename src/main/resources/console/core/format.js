/** Numbers and times as people read them. */

const NONE = '–';

const trim = (number, digits) => Number(number.toFixed(digits)).toString();

/** 0.4 ms, 41 ms, 2.0 s */
export function duration(ms) {
  if (ms === null || ms === undefined) {
    return NONE;
  }
  if (ms < 10) {
    return `${trim(ms, ms < 1 ? 2 : 1)} ms`;
  }
  return ms < 1000 ? `${Math.round(ms)} ms` : `${trim(ms / 1000, ms < 10_000 ? 2 : 1)} s`;
}

export function bytes(count) {
  if (count === null || count === undefined) {
    return NONE;
  }
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const unit = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(count) / 10));
  return `${trim(count / 1024 ** unit, unit ? 1 : 0)} ${units[unit]}`;
}

/** 950, 1.2k, 3.4M */
export function count(number) {
  if (number === null || number === undefined) {
    return NONE;
  }
  if (number < 1000) {
    return trim(number, 0);
  }
  return number < 1e6 ? `${trim(number / 1e3, 1)}k` : `${trim(number / 1e6, 1)}M`;
}

export function percent(share, digits = 1) {
  return share === null || share === undefined || Number.isNaN(share) ? NONE : `${trim(share * 100, digits)} %`;
}

const pad = (number, width = 2) => String(number).padStart(width, '0');

/** 14:03:22.481, in the reader's time zone */
export function clock(time) {
  const date = new Date(time);
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()].map(part => pad(part));
  return `${parts.join(':')}.${pad(date.getMilliseconds(), 3)}`;
}

/** 14:03 */
export function minute(time) {
  const date = new Date(time);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** 2026-11-28 14:03:22.481 */
export function moment(time) {
  const date = new Date(time);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${clock(time)}`;
}

/** 3 s, 12 min, 2 h, 5 d */
export function span(seconds) {
  const steps = [[60, 1, 's'], [3600, 60, 'min'], [86_400, 3600, 'h'], [Infinity, 86_400, 'd']];
  const [, unit, name] = steps.find(([below]) => seconds < below);
  return `${Math.max(0, Math.floor(seconds / unit))} ${name}`;
}

export function ago(time) {
  return time ? `${span((Date.now() - Date.parse(time)) / 1000)} ago` : 'never';
}

/** The class of a status: ok, redirect, rejected, failed or none. */
export function statusClass(status) {
  if (!status) {
    return 'none';
  }
  return ['none', 'ok', 'ok', 'redirect', 'rejected', 'failed'][Math.min(5, Math.floor(status / 100))];
}
