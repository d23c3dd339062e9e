// Approvals that hold for a while: what runs under them without being asked again, and how to end that.
import { html } from '../core/view.js';
import { del, get } from '../core/api.js';
import { may } from '../core/session.js';
import { plural, targetName } from '../core/text.js';
import { useAction } from '../ui/form.js';
import { Problem, Section, useLoad } from '../ui/panel.js';
import { Clock, Text } from '../ui/text.js';

/** @param turn changes when a decision may have made a grant */
export function Grants({ turn }) {
  const { data, problem, again } = useLoad(() => get('/grants'), [turn]);
  const { busy, problem: refused, run } = useAction();
  const live = (data ?? []).filter((grant) => !grant.revoked && Date.parse(grant.ends) > Date.now());
  if (!problem && !refused && live.length === 0) return null;
  const revoke = (grant) => run(async () => {
    await del(`/grants/${encodeURIComponent(grant.id)}`);
    await again();
  });
  return html`
    <${Section} title="Approved for a while" flush>
      <${Problem} of=${problem ?? refused} retry=${again} />
      <ul class="rows">${live.map((grant) => html`<li class="row grant" key=${grant.id} data-id=${grant.id}>
        <span class="what"><b><${Text} of=${grant.summary} /></b> on <${Text} of=${targetName(grant.target)} />
          <span class="quiet"> from <${Text} of=${grant.workloadName} />, ${grant.covers === 'shape' ? 'calls of this shape' : 'equal calls'}</span>
          ${grant.unmask && html` <span class="name mask">unmasked</span>`}</span>
        <span class="by"><${Text} of=${grant.by.join(', ')} /></span>
        <span class="when">used ${plural(grant.used, 'time')}, until <${Clock} at=${grant.ends} /></span>
        ${may('approver') && html`<button type="button" class="refuse" aria-disabled=${busy} onClick=${() => revoke(grant)}>End it</button>`}</li>`)}</ul>
    <//>`;
}
