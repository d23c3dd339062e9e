// The server's filter of events, for those that come in live.
const SEARCHED = ['summary', 'detail', 'callSite', 'target', 'thread', 'call', 'reason', 'error'];

export function matches(event, { verdict, type, workload, target, q }) {
  if (verdict && event.verdict !== verdict) return false;
  if (type && event.type !== type) return false;
  if (workload && event.workload?.id !== workload) return false;
  if (target && !String(event.target).includes(target)) return false;
  return !q || containsText(event, q.toLowerCase());
}

function containsText(event, wanted) {
  const texts = [...SEARCHED.map((name) => event[name]), ...(event.rules ?? []), ...(event.masked ?? [])];
  return texts.some((text) => text !== null && text !== undefined && String(text).toLowerCase().includes(wanted));
}
