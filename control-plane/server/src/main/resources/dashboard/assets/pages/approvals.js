// The inbox. Nothing moves under the pointer: new requests are added at the end, and a request that has ended stays where it was,
// with its outcome, until the person clears it away or leaves the page.
import { html, useEffect, useRef, useState } from '../core/view.js';
import { useCell } from '../core/cell.js';
import { approvals, load, refresh, waiting } from '../core/approvals.js';
import { get } from '../core/api.js';
import { listen } from '../core/stream.js';
import { ask, permission, supported } from '../core/notify.js';
import { href } from '../core/router.js';
import { plural, targetName } from '../core/text.js';
import { ApprovalCard } from './approval-card.js';
import { Grants } from './grants.js';
import { State } from '../ui/chip.js';
import { Icon } from '../ui/icons.js';
import { Empty, Page, Problem, Section } from '../ui/panel.js';
import { Ago, Text } from '../ui/text.js';

export function Approvals({ id }) {
  const all = useCell(approvals);
  const [problem, setProblem] = useState(null);
  const connected = useConnected();
  const again = () => load().then(() => setProblem(null), setProblem);
  useEffect(() => { if (!approvals.get()) again(); }, []);
  useEffect(() => { if (id) refresh(id).catch(setProblem); }, [id]);
  if (!all) return html`<${Page} title="Approvals"><${Problem} of=${problem} retry=${again} /><//>`;
  if (id) return html`<${One} approval=${all.find((approval) => approval.id === id)} problem=${problem} connected=${connected} />`;
  return html`<${Inbox} all=${all} connected=${connected} />`;
}

function Inbox({ all, connected }) {
  const shown = useRef(new Set());
  const [, redraw] = useState(0);
  const open = waiting(all);
  open.forEach((approval) => shown.current.add(approval.id));
  const cards = all.filter((approval) => shown.current.has(approval.id));
  const ended = cards.filter((approval) => approval.state !== 'waiting');
  const below = all.filter((approval) => approval.state !== 'waiting' && !shown.current.has(approval.id)).reverse();
  const clear = () => {
    ended.forEach((approval) => shown.current.delete(approval.id));
    redraw((n) => n + 1);
  };
  return html`
    <${Page} title="Approvals" lead=${open.length ? `${plural(open.length, 'call')} held until someone decides. Longest wait first.` : null}
      actions=${html`<${Notifications} />${ended.length > 0 && html`<button type="button" onClick=${clear}>Clear ${ended.length} decided</button>`}`}>
      ${cards.length === 0 && html`<${Empty} title="Nothing waits for a decision">
        <p>When a rule says <code>then: approve</code>, the call stops inside the workload and shows up here at once, with its
          statement, its caller and the time that is left. This page updates itself.</p>
        <p><a href="#/policy">See which rules ask for approval</a></p><//>`}
      <div class="cards" onKeyDown=${moveBetweenCards}>
        ${cards.map((approval) => html`<${ApprovalCard} key=${approval.id} approval=${approval} online=${connected(approval)} />`)}
      </div>
      <${Grants} turn=${open.length} />
      <${Section} title="Decided" flush>
        ${below.length === 0 ? html`<p class="quiet pad">No decisions yet. They stay here with who decided and why.</p>` : html`
          <ul class="rows">${below.map((approval) => html`<${Decided} key=${approval.id} approval=${approval} />`)}</ul>`}
      <//>
    <//>`;
}

function moveBetweenCards(event) {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (!step || !event.target.matches('.approval')) return;
  const cards = [...event.currentTarget.querySelectorAll('.approval')];
  cards[cards.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}

function Decided({ approval }) {
  const last = approval.decisions?.at(-1);
  return html`<li><a class="row decided" href=${href('approvals', approval.id)}>
    <${State} of=${approval.state} />
    <span class="what"><b><${Text} of=${approval.summary} /></b> on <${Text} of=${targetName(approval.target)} />
      <span class="quiet"> from <${Text} of=${approval.workload?.name} /></span></span>
    <span class="by">${last ? html`<${Text} of=${(approval.decisions ?? []).map((decision) => decision.by).join(', ')} />` : html`<span class="quiet">nobody</span>`}
      ${last?.unmask && html` <span class="name mask">unmasked</span>`}
      ${last?.reason && html`<span class="quiet reason"> “<${Text} of=${last.reason} />”</span>`}</span>
    <span class="when"><${Ago} at=${approval.decidedAt ?? approval.expires} /></span></a></li>`;
}

function One({ approval, problem, connected }) {
  return html`<${Page} title="Approval" actions=${html`<a href="#/approvals">All approvals</a>`}>
    <${Problem} of=${problem} />
    ${approval ? html`<${ApprovalCard} approval=${approval} online=${connected(approval)} />`
      : !problem && html`<p class="quiet">Loading…</p>`}<//>`;
}

function Notifications() {
  const [state, setState] = useState(permission());
  if (!supported || state !== 'default') return null;
  return html`<button type="button" onClick=${async () => setState(await ask())}><${Icon} name="bell" /> Notify me</button>`;
}

/** Whether an approval's workload is connected; undefined while that is not known. */
function useConnected() {
  const [known, setKnown] = useState(new Map());
  useEffect(() => {
    get('/workloads').then((list) => setKnown(new Map(list.map((one) => [one.id, one.connected]))), () => {});
    return listen('workload', (one) => setKnown((old) => new Map(old).set(one.id, one.connected)));
  }, []);
  return (approval) => known.get(approval.workload?.id) ?? approval.workload?.connected;
}
