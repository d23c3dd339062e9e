// The first look: does anything wait, is the fleet there, what was refused, how much goes on.
import { html, useEffect, useRef } from '../core/view.js';
import { useCell } from '../core/cell.js';
import { get } from '../core/api.js';
import { approvals, left, waiting } from '../core/approvals.js';
import { listen } from '../core/stream.js';
import { second, stopwatch } from '../core/clock.js';
import { href } from '../core/router.js';
import { plural, short, targetName } from '../core/text.js';
import { Empty, Page, Problem, Section, useLoad } from '../ui/panel.js';
import { Text } from '../ui/text.js';
import { LastHour } from './last-hour.js';
import { Fleet } from './fleet.js';
import { EventRow } from './event-row.js';

export function Overview() {
  const numbers = useLoad(() => get('/overview'));
  const fleet = useLoad(() => get('/workloads'));
  const stopped = useLoad(() => get('/events', { verdict: 'deny', limit: 6 }));
  useRefresh(['event', 'approval', 'policy', 'workload', 'resync'], numbers.again);
  useRefresh(['workload', 'resync'], fleet.again);
  useRefresh(['event', 'resync'], stopped.again);
  const { data } = numbers;
  const hour = sum(data?.lastHour ?? []);
  return html`
    <${Page} title="Overview" wide>
      <${Problem} of=${numbers.problem} retry=${numbers.again} />
      ${data && html`
        <ul class="tiles">
          <${Tile} link="#/approvals" name="Waiting now" value=${short(data.waiting)} tone=${data.waiting ? 'hold' : ''} note=${data.waiting ? 'calls are held' : 'nothing is held'} />
          <${Tile} link="#/workloads" name="Connected" value=${short(data.workloads.connected)} tone=${data.workloads.connected < data.workloads.known ? 'hold' : ''} note=${`of ${short(data.workloads.known)} workloads`} />
          <${Tile} link=${href('events', null, { verdict: 'deny' })} name="Refused, last hour" value=${short(hour.deny)} tone=${hour.deny ? 'deny' : ''} note=${`${short(data.totals.deny)} so far`} />
          <${Tile} link="#/events" name="Allowed, last hour" value=${short(hour.allow)} note=${`${short(data.totals.masked)} masked so far`} />
          <${Tile} link=${href('events', null, { type: 'ALARM' })} name="Alarms" value=${short(data.totals.alarm)} tone=${data.totals.alarm ? 'alarm' : ''} note=${data.totals.alarm ? 'so far' : 'none so far'} />
          <${Tile} link="#/policy" name="Policy" value=${data.policyVersion ? `v${data.policyVersion}` : 'none'} tone=${data.mode === 'observe' ? 'hold' : ''} note=${data.mode === 'observe' ? 'observes, refuses nothing' : 'enforced'} />
        </ul>
        <${Section} title="Verdicts, last hour"><${LastHour} minutes=${data.lastHour} /><//>`}
      <div class="columns">
        <${Section} title="Waits now" flush actions=${html`<a href="#/approvals">Approvals</a>`}><${Waits} /><//>
        <${Section} title="Latest refusals" flush actions=${html`<a href=${href('events', null, { verdict: 'deny' })}>All refusals</a>`}>
          <${Problem} of=${stopped.problem} retry=${stopped.again} />
          ${stopped.data?.events.length === 0 && html`<p class="quiet pad">Nothing has been refused.</p>`}
          <ol class="log brief">${stopped.data?.events.map((event) => html`<${EventRow} key=${event.id} event=${event} query=${{ verdict: 'deny' }} />`)}</ol>
        <//>
      </div>
      <${Section} title="Fleet" flush actions=${html`<a href="#/workloads">Workloads</a>`}>
        <${Problem} of=${fleet.problem} retry=${fleet.again} />
        ${fleet.data && html`<${Fleet} of=${fleet.data} policyVersion=${data?.policyVersion} />`}
      <//>
    <//>`;
}

const sum = (minutes) => minutes.reduce((all, minute) => ({ allow: all.allow + minute.allow, deny: all.deny + minute.deny }), { allow: 0, deny: 0 });

function Tile({ link, name, value, note, tone }) {
  return html`<li><a class=${`tile ${tone ?? ''}`} href=${link}><span class="tile-name">${name}</span><b>${value}</b><span class="quiet">${note}</span></a></li>`;
}

function Waits() {
  useCell(second);
  const open = waiting(useCell(approvals));
  if (!open.length) return html`<${Empty} title="Nothing waits"><p>Held calls show up here the moment they stop.</p><//>`;
  return html`<ul class="rows">${open.map((approval) => html`<li key=${approval.id}><a class="row waits" href="#/approvals">
    <span class="what"><b><${Text} of=${approval.summary} /></b> on <${Text} of=${targetName(approval.target)} />
      <span class="quiet"> from <${Text} of=${approval.workload?.name} />${approval.callers > 1 ? `, ${plural(approval.callers, 'caller')}` : ''}</span></span>
    <span class="when">${stopwatch(left(approval))} left</span></a></li>`)}</ul>`;
}

/** Reads again when something happened, at most once in two seconds. */
function useRefresh(topics, again) {
  const timer = useRef(null);
  useEffect(() => {
    const soon = () => {
      timer.current ??= setTimeout(() => {
        timer.current = null;
        again();
      }, 2000);
    };
    const stops = topics.map((topic) => listen(topic, soon));
    return () => {
      stops.forEach((stop) => stop());
      clearTimeout(timer.current);
      timer.current = null;
    };
  }, [again]);
}
