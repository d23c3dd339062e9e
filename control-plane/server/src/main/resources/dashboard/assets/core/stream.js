// The live feed. One EventSource for the whole page; pages listen by topic (approval, event, workload, policy). Whenever it has
// opened, "resync" tells listeners to read their lists again, because the feed does not repeat what came before.
import { cell } from './cell.js';
import { get } from './api.js';
import { session } from './session.js';

const TOPICS = ['approval', 'event', 'workload', 'policy'];
const listeners = new Map();

/** connecting | live | lost */
export const feed = cell('connecting');

let source = null;
let retry = null;
let attempt = 0;

export function listen(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(listener);
  return () => listeners.get(topic).delete(listener);
}

function tell(topic, data) {
  [...(listeners.get(topic) ?? [])].forEach((listener) => listener(data));
}

export function start() {
  if (source) return;
  source = new EventSource('/api/v1/stream');
  source.onopen = () => {
    attempt = 0;
    feed.set('live');
    tell('resync');
  };
  source.onerror = () => {
    feed.set('lost');
    if (source?.readyState === EventSource.CLOSED) again();
  };
  TOPICS.forEach((topic) => source.addEventListener(topic, (message) => receive(topic, message.data)));
}

function receive(topic, text) {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    console.error(`unreadable ${topic} message on the live feed`);
    return;
  }
  tell(topic, data);
}

export function stop() {
  clearTimeout(retry);
  source?.close();
  source = null;
  feed.set('connecting');
}

// A browser gives up on an HTTP error; asking who we are finds out whether the login is what ended.
function again() {
  source?.close();
  source = null;
  clearTimeout(retry);
  retry = setTimeout(async () => {
    await get('/me').catch(() => null);
    if (session.get().state === 'in') start();
  }, Math.min(15000, 500 * 2 ** attempt++));
}

window.addEventListener('online', () => feed.get() === 'lost' && again());
