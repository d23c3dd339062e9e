// "Verify": what is stored of a workload's recordings, checked now, in a dialog.
import { html, useEffect, useState } from '../core/view.js';
import { get } from '../core/api.js';
import { plural } from '../core/text.js';
import { Dialog } from '../ui/dialog.js';
import { useAction } from '../ui/form.js';
import { Problem } from '../ui/panel.js';
import { Text } from '../ui/text.js';

export function VerifyButton({ workload }) {
  const [open, setOpen] = useState(false);
  return html`<button type="button" onClick=${() => setOpen(true)}>Verify</button>
    ${open && html`<${Found} workload=${workload} onClose=${() => setOpen(false)} />`}`;
}

function Found({ workload, onClose }) {
  const { problem, run } = useAction();
  const [recordings, setRecordings] = useState(null);
  useEffect(() => {
    run(async () => setRecordings(await get(`/workloads/${encodeURIComponent(workload.id)}/recordings`)));
  }, []);
  return html`<${Dialog} title="Recordings of this workload" onClose=${onClose}>
    <${Problem} of=${problem} />
    ${!recordings && !problem && html`<p class="quiet" role="status">Every stored event of <b><${Text} of=${workload.name} /></b> is being checked…</p>`}
    ${recordings && html`<${Result} of=${recordings} />`}
  <//>`;
}

function Result({ of }) {
  const wrong = of.filter((one) => one.problem);
  const events = of.reduce((sum, one) => sum + one.events, 0);
  const all = `${plural(events, 'event')} in ${plural(of.filter((one) => one.recording).length, 'recording')}`;
  if (wrong.length === 0) return html`<p role="status">${all}: nothing was altered, dropped, inserted or moved since it was stored.</p>`;
  return html`<p role="alert" class="wrong">${all}; ${wrong.some((one) => one.altered) ? 'the store is not as it was written.' : 'something is missing.'}</p>
    <ul class="rows">${wrong.map((one) => html`<li class="row" key=${one.recording + one.problem}>
      ${one.recording && html`<code><${Text} of=${one.recording} /></code> `}<span class="reason"><${Text} of=${one.problem} /></span></li>`)}</ul>`;
}
