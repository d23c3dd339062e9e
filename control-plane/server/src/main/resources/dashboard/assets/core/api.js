// Requests to the control plane.
//
// A 401 does not lose the page: the session turns "expired", the login form opens over the page, and a pending GET is sent
// again after the login. A change (POST, PUT, DELETE) is never sent again by itself: another person may have logged in.
import { unattended } from './attention.js';
import { session, whenLoggedIn } from './session.js';
import { noteServerTime } from './clock.js';

export class ApiError extends Error {
  constructor(status, message, details) {
    super(message);
    this.status = status;
    this.details = Array.isArray(details) ? details : [];
  }
}

export const get = (path, query) => request('GET', path + queryString(query));
export const post = (path, body) => request('POST', path, body ?? {});
export const put = (path, body) => request('PUT', path, body);
export const del = (path) => request('DELETE', path);

function queryString(query) {
  const kept = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return kept.length ? '?' + new URLSearchParams(kept) : '';
}

async function request(method, path, body) {
  const answer = await send(method, path, body);
  if (answer.status !== 401 || path === '/login') return read(answer);
  const { state } = session.get();
  if (state !== 'in' && state !== 'expired') throw await failure(answer);
  session.set({ ...session.get(), state: 'expired' });
  await whenLoggedIn();
  if (method !== 'GET') {
    throw new ApiError(401, 'Your login had expired, so nothing was sent. You are logged in again: please press once more.');
  }
  return read(await send(method, path));
}

async function send(method, path, body) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const csrf = session.get().me?.csrf;
  if (unattended()) headers['X-Sallyport-Unattended'] = 'true';
  if (method !== 'GET' && csrf) headers['X-Sallyport-CSRF'] = csrf;
  try {
    const answer = await fetch('/api/v1' + path, {
      method, headers, cache: 'no-store', credentials: 'same-origin',
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    noteServerTime(answer.headers.get('Date'));
    return answer;
  } catch {
    throw new ApiError(0, 'The control plane does not answer. Check that it runs and that this machine reaches it.');
  }
}

async function read(answer) {
  if (!answer.ok) throw await failure(answer);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

async function failure(answer) {
  const body = (await answer.json().catch(() => null)) ?? {};
  const message = body.error ? String(body.error) : `The control plane answered with status ${answer.status}.`;
  return new ApiError(answer.status, message, body.details);
}
