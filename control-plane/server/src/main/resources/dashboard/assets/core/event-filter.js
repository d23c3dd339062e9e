// The server's filter of stored events, for those that come in live. Text is looked for in the whole recorded event.
export function matches(event, { verdict, type, workload, target, q, firstSince }) {
  // Only the server knows what was seen before.
  if (firstSince) return false;
  if (verdict && lower(event.verdict) !== lower(verdict)) return false;
  if (type && lower(event.type) !== lower(type)) return false;
  if (workload && event.workload?.id !== workload && event.workload?.name !== workload) return false;
  if (target && !lower(event.target).includes(lower(target))) return false;
  return !q || lower(JSON.stringify({ ...event, id: undefined, workload: undefined, received: undefined })).includes(lower(q));
}

const lower = (value) => String(value ?? '').toLowerCase();
