// Time as people read it: relative, counted on the server's clock, with the absolute time behind it.
import { cell } from './cell.js';

let skew = 0;

/** Takes the difference to the server's clock from a response's Date header (whole seconds, so small ones are ignored). */
export function noteServerTime(date) {
  const server = Date.parse(date ?? '');
  if (Number.isNaN(server)) return;
  const difference = server + 500 - Date.now();
  skew = Math.abs(difference) > 2000 ? difference : 0;
}

export const now = () => Date.now() + skew;

/** Ticks once a second while the page is visible. */
export const second = cell(now());
setInterval(() => document.hidden || second.set(now()), 1000);
document.addEventListener('visibilitychange', () => document.hidden || second.set(now()));

export function ago(at, from = now()) {
  const seconds = Math.floor((from - Date.parse(at)) / 1000);
  if (Number.isNaN(seconds)) return '';
  return seconds < 5 ? 'just now' : `${span(seconds)} ago`;
}

/** One unit, rounded down: 42 s, 7 min, 3 h, 12 d. */
export function span(seconds) {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

/** Minutes and seconds for a countdown or a stop watch: 0:07, 9:18, 1:02:03. */
export function stopwatch(milliseconds) {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const two = (n) => String(n).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${minutes}:${two(total % 60)}`;
}

const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const absolute = (at) => (Number.isNaN(Date.parse(at)) ? '' : full.format(new Date(at)));
export const timeOfDay = (at) => (Number.isNaN(Date.parse(at)) ? '' : clockTime.format(new Date(at)));
