// Everything that was recorded about one event, beside the list. Its address can be sent to someone else.
import { html } from '../core/view.js';
import { get } from '../core/api.js';
import { href } from '../core/router.js';
import { absolute } from '../core/clock.js';
import { count } from '../core/text.js';
import { Dialog } from '../ui/dialog.js';
import { EventMark, Names, Verdict } from '../ui/chip.js';
import { Facts, Problem, useLoad } from '../ui/panel.js';
import { Ago, Code, Text } from '../ui/text.js';

export function EventDetail({ id, known, onClose }) {
  const { data, problem, again } = useLoad(() => (known ? Promise.resolve(known) : one(id)), [id]);
  return html`<${Dialog} title=${data ? `Event ${data.id}` : 'Event'} side onClose=${onClose}>
    <${Problem} of=${problem} retry=${again} />
    ${data && html`<${Body} event=${data} />`}<//>`;
}

// The list is read by "older than"; the first one older than the next number is the one itself.
async function one(id) {
  const { events } = await get('/events', { before: Number(id) + 1, limit: 1 });
  if (String(events[0]?.id) !== id) throw new Error(`There is no event ${id}. Its retention time may be over.`);
  return events[0];
}

function Body({ event }) {
  const code = (value) => value && html`<code><${Text} of=${value} /></code>`;
  return html`
    <p class="event-title"><${EventMark} event=${event} /> <b><${Text} of=${event.summary} /></b> <${Ago} at=${event.at} /></p>
    <${Code} of=${event.detail} label="Statement or request" />
    ${event.values && html`<${Code} of=${event.values} label="Values" />`}
    ${event.sample && html`<${Code} of=${event.sample} label="As the caller saw it" />`}
    ${event.error && html`<div class="problem"><p><${Text} of=${event.error} /></p></div>`}
    <${Facts} of=${[
      ['Workload', html`<a href=${href('workloads', event.workload?.id)}><${Text} of=${event.workload?.name} /></a>`],
      ['Type', html`<${Text} of=${event.type} />`],
      ['Target', code(event.target), true],
      ['Rules', event.rules?.length > 0 && html`<${Names} of=${event.rules} kind="rule" />`],
      ['Masked by', event.masked?.length > 0 && html`<${Names} of=${event.masked} kind="mask" />`],
      ['Would have been', event.wouldHave && html`<${Verdict} of=${event.wouldHave} />`],
      ['Reason', event.reason && html`<${Text} of=${event.reason} />`, true],
      ['Masked values', event.cells && Object.entries(event.cells).map(([rule, n], i) => html`${i > 0 ? ', ' : ''}<${Text} of=${rule} /> ${count(n)}`)],
      ['Transaction', event.transaction && html`<${Text} of=${event.transaction} />`],
      ['Trace', event.trace && html`<a href=${href('events', null, { q: event.trace })} title="All events of this trace">${code(event.trace)}</a>`, true],
      ['User', event.user && html`<${Text} of=${event.user} /> <span class="quiet">(the application says so)</span>`],
      ['Bytes', event.bytes >= 0 && event.bytes !== null && count(event.bytes)],
      ['Rows', event.rows >= 0 && count(event.rows)],
      ['Duration', event.micros >= 0 && duration(event.micros)],
      ['Called from', code(event.callSite), true],
      ['Thread', code(event.thread)],
      ['Decided by', event.persons?.length > 0 && html`<${Names} of=${event.persons} />`],
      ['Approval', event.ticket && html`<a href=${href('approvals', event.ticket)}><${Text} of=${event.ticket} /></a>`],
      ['TLS', code(event.tls)],
      ['Time', absolute(event.at), true],
      ['Call', event.call && html`<a href=${href('events', null, { q: event.call })} title="All events of this call"><code><${Text} of=${event.call} /></code></a>`, true],
      ['Session', event.session && html`<a href=${href('sessions', null, { q: event.session })}>${code(event.session)}</a>`, true],
      ['Position in the record', event.sequence && count(event.sequence)],
    ]} />
    <details><summary>As recorded</summary><${Code} of=${JSON.stringify(event, null, 2)} label="JSON" /></details>`;
}

const duration = (micros) => (micros < 1000 ? `${micros} µs` : micros < 1e6 ? `${(micros / 1000).toFixed(1)} ms` : `${(micros / 1e6).toFixed(2)} s`);
