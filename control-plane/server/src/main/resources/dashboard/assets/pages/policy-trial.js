// A dry run: what a policy would have made of the calls that were recorded last, against the one in force.
import { html } from '../core/view.js';
import { post } from '../core/api.js';
import { href } from '../core/router.js';
import { count, plural, targetName } from '../core/text.js';
import { Dialog } from '../ui/dialog.js';
import { Names, Verdict } from '../ui/chip.js';
import { Problem, useLoad } from '../ui/panel.js';
import { Code, Text } from '../ui/text.js';

export function Trial({ text, onClose }) {
  const { data, problem, again } = useLoad(() => post('/policy/dry-run', { yaml: text }), [text]);
  return html`<${Dialog} title="Tried on recorded calls" onClose=${onClose} large>
    <${Problem} of=${problem} retry=${again} />
    ${!data && !problem && html`<p class="quiet">Trying…</p>`}
    ${data && html`<${Report} of=${data} />`}<//>`;
}

function Report({ of }) {
  const masked = Object.keys(of.masked);
  const unmasked = Object.keys(of.unmasked);
  const changes = [
    of.refused > 0 && html`refused <b>${count(of.refused)}</b>`,
    of.held > 0 && html`held <b>${count(of.held)}</b>`,
    of.admitted > 0 && html`let through <b>${count(of.admitted)}</b> that are refused or held now`,
    of.observed > 0 && html`noted <b>${count(of.observed)}</b> (rules in observe mode)`,
    masked.length > 0 && html`masked ${plural(masked.length, 'more column')}: <${Names} of=${masked} kind="mask" />`,
    unmasked.length > 0 && html`no longer masked ${plural(unmasked.length, 'column')}: <${Names} of=${unmasked} kind="mask" />`,
  ].filter(Boolean);
  return html`
    <p id="trial">Of the last ${plural(of.calls, 'call')}, against version ${of.against}, this policy
      ${changes.length === 0 ? ' would have changed nothing.' : html` would have ${changes.map((change, i) => html`${i > 0 ? ', ' : ''}${change}`)}.`}</p>
    ${of.untold > 0 && html`<p class="quiet">${plural(of.untold, 'call')} could not be judged: the record does not tell enough of them.</p>`}
    ${of.untested.length > 0 && html`<p>Not tried, since the record does not tell what they ask: <${Names} of=${of.untested} kind="rule" />. What they would refuse, hold or let through is not counted.</p>`}
    <ol class="timeline" aria-label="Calls that would fare differently">${of.examples.map((example) => html`
      <li key=${example.event}><div class="entry">
        <p><${Verdict} of=${example.before} /> → <${Verdict} of=${example.after} /> ${plural(example.calls, 'call')} of <b><${Text} of=${example.workload} /></b>
          on <${Text} of=${targetName(example.target)} />, <a href=${href('events', example.event)}>the last one</a> <${Names} of=${example.rules} kind="rule" /></p>
        <${Code} of=${example.detail} label="Statement or request" />
        ${example.callSite && html`<p class="quiet"><code><${Text} of=${example.callSite} /></code></p>`}</div></li>`)}</ol>
    <p class="hint">Values, headers and bodies are not in the record; what rules say about them is not tried.</p>`;
}
