// What waits for a decision, known on every page: for the badge, the title, the notification and the inbox itself.
import { cell } from './cell.js';
import { get, post } from './api.js';
import { listen } from './stream.js';
import { now } from './clock.js';
import { notify } from './notify.js';

/** All approvals known to this page, in the order in which they came; null until the first answer. */
export const approvals = cell(null);

export const waiting = (all) => (all ?? []).filter((approval) => approval.state === 'waiting');

const byCreation = (a, b) => Date.parse(a.created) - Date.parse(b.created);

// What came in while a list was on its way may be newer than that list.
let meanwhile = null;

export async function load() {
  const heard = [];
  meanwhile = heard;
  const [open, decided] = await Promise.all([
    get('/approvals', { state: 'waiting', limit: 200 }), get('/approvals', { state: 'decided', limit: 50 })]);
  if (meanwhile !== heard) return;
  meanwhile = null;
  const byId = new Map([...open, ...decided, ...heard].map((approval) => [approval.id, approval]));
  approvals.set([...byId.values()].sort(byCreation));
}

export function merge(approval) {
  const known = approvals.get();
  if (!known) return;
  const at = known.findIndex((other) => other.id === approval.id);
  if (at < 0 && approval.state === 'waiting') notify(approval);
  if (at < 0) approvals.set([...known, approval].sort(byCreation));
  else approvals.set(known.map((other, index) => (index === at ? approval : other)));
}

/**
 * @param outcome approve or refuse
 * @param grant what later calls it is for: {minutes, covers: 'call' or 'shape'}, or null
 */
export async function decide(id, outcome, reason, unmask, grant) {
  const body = {};
  if (reason) body.reason = reason;
  if (outcome === 'approve') {
    body.unmask = unmask;
    if (grant) Object.assign(body, { grantMinutes: grant.minutes, grantFor: grant.covers });
  }
  merge(await post(`/approvals/${encodeURIComponent(id)}/${outcome}`, body));
}

/** Approves alone, past the ticket's rules. */
export async function breakGlass(id, reason) {
  merge(await post(`/approvals/${encodeURIComponent(id)}/break-glass`, { reason }));
}

export async function refresh(id) {
  const approval = await get(`/approvals/${encodeURIComponent(id)}`);
  if (!approvals.get()) await load();
  merge(approval);
}

/** Milliseconds until the ticket expires. */
export const left = (approval) => Date.parse(approval.expires) - now();

listen('approval', (approval) => {
  meanwhile?.push(approval);
  merge(approval);
});
listen('resync', () => load().catch(() => {}));
