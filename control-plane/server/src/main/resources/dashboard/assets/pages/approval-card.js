// One request for approval: everything a person needs to answer for the decision, and the decision itself.
import { html, useLayoutEffect, useRef, useState } from '../core/view.js';
import { useCell } from '../core/cell.js';
import { decide, left, refresh } from '../core/approvals.js';
import { may, session } from '../core/session.js';
import { now, second, stopwatch } from '../core/clock.js';
import { href } from '../core/router.js';
import { asText, plural, targetName } from '../core/text.js';
import { Names, State } from '../ui/chip.js';
import { Facts, Problem } from '../ui/panel.js';
import { useAction } from '../ui/form.js';
import { BreakGlass } from './break-glass.js';
import { Ago, Code, Text } from '../ui/text.js';

export function ApprovalCard({ approval, online }) {
  const open = approval.state === 'waiting';
  const element = useRef(null);
  // The buttons are gone once it is decided; the focus stays with the request instead of falling back to the page.
  const focusWithin = element.current?.contains(document.activeElement);
  useLayoutEffect(() => { if (!open && focusWithin) element.current.focus(); }, [open]);
  const name = `approval-${approval.id}`;
  return html`
    <article class=${`approval ${approval.state}`} tabindex="0" ref=${element} aria-labelledby=${name} data-id=${approval.id}>
      <header>
        <h2 id=${name}><span class="verb"><${Text} of=${approval.summary} /></span> on <span class="target"><${Text} of=${targetName(approval.target)} /></span></h2>
        ${open ? html`<${Countdown} approval=${approval} />` : html`<${State} of=${approval.state} />`}
      </header>
      ${approval.message && html`<p class="message"><${Text} of=${approval.message} /></p>`}
      <${Code} of=${approval.detail} label="Statement or request" />
      ${approval.parameters && html`<${Code} of=${approval.parameters} label="Parameters" />`}
      <${Facts} of=${facts(approval, online)} />
      ${(approval.decisions ?? []).length > 0 && html`<${Decisions} of=${approval} />`}
      ${open && html`<${Decide} approval=${approval} />`}
      ${open && may('breakglass') && html`<${BreakGlass} approval=${approval} />`}
    </article>`;
}

function facts(approval, online) {
  const open = approval.state === 'waiting';
  return [
    ['Workload', html`<a href=${href('workloads', approval.workload?.id)}><${Text} of=${approval.workload?.name} /></a>
      <span class="quiet"> on <${Text} of=${approval.workload?.host} /></span>
      ${approval.workload?.verified !== true && html`<span class="caution"> not verified: it chose this name itself</span>`}`],
    ['For', approval.endUser && html`<${Text} of=${approval.endUser} /><span class="quiet"> by the word of the workload</span>`],
    ['Because', approval.requesterReason && html`“<${Text} of=${approval.requesterReason} />”`],
    ['Called from', approval.callSite ? html`<code><${Text} of=${approval.callSite} /></code>` : html`<span class="quiet">not recorded</span>`],
    ['Entered at', approval.entryPoint && html`<code><${Text} of=${approval.entryPoint} /></code>`],
    ['Thread', html`<code><${Text} of=${approval.thread} /></code>`],
    ['Rule', html`<${Names} of=${approval.rules} kind="rule" />`],
    ['Target', html`<code><${Text} of=${approval.target} /></code>`],
    ['Asked', !open && html`<${Ago} at=${approval.created} />`],
    ['Needs', needs(approval)],
    ['Hours', approval.hours?.length > 0 && html`<${Hours} of=${approval} open=${open} />`],
    ['Caller', open && html`<${CallerState} approval=${approval} online=${online} />`, true],
    ['Transaction', !open && approval.openTransaction && 'was open'],
    ['Withdrawn', approval.withdrawnWhy && html`<${Text} of=${approval.withdrawnWhy} />`],
  ];
}

function needs(approval) {
  const required = approval.required ?? 1;
  const who = approval.anyOf?.length ? html`${approval.eachOf ? ', one each' : ''} of <${Names} of=${approval.anyOf} />` : '';
  const widened = approval.escalated ? html`<span class="quiet">, further groups asked since nobody decided</span>` : '';
  return html`${plural(required, 'person', 'people')}${who}${widened}`;
}

function Hours({ of, open }) {
  return html`<${Text} of=${of.hours.join('; ')} />
    ${open && of.opens && html`<span class="caution"> Nobody may decide before ${asText(of.opens)}</span>`}`;
}

function CallerState({ approval, online }) {
  const callers = approval.callers ?? 0;
  return html`<span class="caller">
    ${callers > 0 ? html`<span class="parked"><i></i>${callers === 1 ? '1 caller is parked' : `${plural(callers, 'caller')} are parked`}, waiting for this decision</span>`
      : html`<span>No caller waits any more. An approval lets the next equal call through, once.</span>`}
    ${approval.openTransaction && html`<span class="caution">Its transaction is open: rows may stay locked until you decide</span>`}
    ${online === false && html`<span class="caution">The workload is not connected; it hears of the decision when it is back</span>`}
  </span>`;
}

function Countdown({ approval }) {
  useCell(second);
  const remaining = left(approval);
  const total = Date.parse(approval.expires) - Date.parse(approval.created);
  const urgent = remaining < 60000;
  return html`<div class=${urgent ? 'countdown urgent' : 'countdown'}>
    <span>waiting <b>${stopwatch(now() - Date.parse(approval.created))}</b></span>
    <span title=${asText(approval.expires)}>${remaining > 0 ? html`expires in <b>${stopwatch(remaining)}</b>` : 'expiring now'}</span>
    <progress max=${total} value=${Math.max(0, remaining)} aria-label="Time left">${stopwatch(remaining)}</progress>
  </div>`;
}

function Decisions({ of }) {
  const given = of.decisions.filter((decision) => decision.outcome === 'approved').length;
  return html`<ul class="decisions">
    ${of.decisions.map((decision) => html`<li key=${decision.by}>
      <b><${Text} of=${decision.by} /></b>${decision.vouchedBy && html` <span class="quiet">by a token that <${Text} of=${decision.vouchedBy} /> made</span>`} ${decision.outcome === 'approved' ? 'approved' : decision.outcome === 'refused' ? 'refused' : html`<${Text} of=${decision.outcome} />`}
      ${decision.breakGlass && html` <span class="name bad">past the rules</span>`}
      ${decision.unmask && html` <span class="name mask">and unmasked</span>`} <${Ago} at=${decision.at} />
      ${decision.reason && html`<span class="reason">: “<${Text} of=${decision.reason} />”</span>`}</li>`)}
    ${of.state === 'waiting' && of.required > 1 && html`<li class="quiet">${given} of ${of.required} approvals given</li>`}
  </ul>`;
}

/** Why this person cannot decide, or null. */
function obstacle(approval, me) {
  if (!may('approver')) return 'You can follow this here. Deciding needs the role approver.';
  if (approval.decisions?.some((decision) => decision.by === me.user)) return 'You have decided. It takes another person too.';
  const groups = approval.anyOf ?? [];
  if (groups.length && !groups.some((group) => me.groups?.includes(group))) {
    return 'Only members of the groups above can decide, and you are in none of them.';
  }
  return null;
}

function Decide({ approval }) {
  const { me } = useCell(session);
  const { busy, problem, run } = useAction();
  const [reason, setReason] = useState('');
  const [unmask, setUnmask] = useState(false);
  const [lasting, setLasting] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef(null);
  const why = obstacle(approval, me);
  if (why) return html`<footer><p class="quiet">${why}</p></footer>`;

  const submit = (outcome) => run(async () => {
    if (approval.reasonRequired && !reason.trim()) {
      setMissing(true);
      field.current.focus();
      return;
    }
    try {
      await decide(approval.id, outcome, reason.trim(), unmask, LASTING[lasting]);
    } catch (refused) {
      if (refused.status === 409) await refresh(approval.id).catch(() => {});
      throw refused;
    }
  });
  const masked = keepsMasks(approval);
  const hint = `reason-${approval.id}`;
  return html`
    <footer>
      <${Problem} of=${problem} />
      <div class="decide">
        <label class="field wide"><span class="label">Reason${approval.reasonRequired ? '' : ' (optional)'}</span>
          <input ref=${field} name="reason" value=${reason} maxlength="1000" autocomplete="off" required=${approval.reasonRequired}
            aria-invalid=${missing} aria-describedby=${hint} placeholder="Kept in the record, shown to the caller"
            onInput=${(event) => { setReason(event.target.value); setMissing(false); }} />
          <span class=${missing ? 'hint wrong' : 'visually-hidden'} id=${hint} role=${missing ? 'alert' : undefined}>
            ${missing ? 'This rule wants a reason from whoever decides.' : 'The reason is kept in the record and shown to the caller.'}</span>
        </label>
        <label class=${unmask ? 'check on' : 'check'}><input type="checkbox" name="unmask" checked=${unmask} disabled=${masked}
            onChange=${(event) => setUnmask(event.target.checked)} />
          <span>Also unmask <small>${unmaskNote(approval, masked)}</small></span></label>
        <label class="field"><span class="label">Holds for</span>
          <select name="lasting" value=${lasting} onChange=${(event) => setLasting(event.target.value)}>
            <option value="">this call</option>
            <option value="call">and equal calls, 30 minutes</option>
            <option value="shape">and calls of this shape, 30 minutes</option>
          </select></label>
        <div class="buttons">
          <button type="button" class="refuse" aria-disabled=${busy} onClick=${() => submit('refuse')}>Refuse</button>
          <button type="button" class="approve" aria-disabled=${busy} onClick=${() => submit('approve')}>${unmask ? 'Approve and unmask' : 'Approve'}</button>
        </div>
      </div>
    </footer>`;
}

// A grant holds only when everyone who approves asks for one.
const LASTING = { call: { minutes: 30, covers: 'call' }, shape: { minutes: 30, covers: 'shape' } };

// Masks are lifted only when everyone who approves says so.
const keepsMasks = (approval) => (approval.decisions ?? []).some((decision) => decision.outcome === 'approved' && !decision.unmask);

function unmaskNote(approval, masked) {
  if (masked) return 'not possible: an earlier approval keeps the masks';
  if (approval.required > 1) return 'only if everyone who approves says so';
  return 'this call gets masked columns in clear';
}
