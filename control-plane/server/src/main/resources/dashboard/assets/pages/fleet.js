// The list of workloads, as the overview and the workloads page show it.
import { html } from '../core/view.js';
import { href } from '../core/router.js';
import { plain, plural } from '../core/text.js';
import { may } from '../core/session.js';
import { State } from '../ui/chip.js';
import { Empty } from '../ui/panel.js';
import { Ago, Text } from '../ui/text.js';

export function Fleet({ of, policyVersion }) {
  if (!of.length) return html`<${NoWorkload} />`;
  return html`<div role="list" class="rows fleet">
    <div class="row workload head" aria-hidden="true"><span>Workload</span><span>State</span><span>Mode</span><span>Policy</span><span>Coverage</span><span>Last seen</span></div>
    ${[...of].sort(byName).map((one) => html`<div role="listitem" key=${one.id}><a class="row workload" href=${href('workloads', one.id)}>
      <span class="what"><b><${Text} of=${one.name} /></b> <span class="quiet"><${Text} of=${one.host} /></span>
        ${one.waiting > 0 && html` <span class="name held">${one.waiting} held</span>`}
        ${one.verified === false && html` <span class="name would">identity not verified</span>`}</span>
      <span><${State} of=${stateOf(one)} /></span>
      <span>${one.mode ? html`<${State} of=${one.mode} />` : html`<span class="quiet">unknown</span>`}</span>
      <span>${one.policyVersion ? `v${one.policyVersion}` : 'none'}${policyVersion && one.policyVersion && one.policyVersion < policyVersion
        ? html` <span class=${one.policyError ? 'name bad' : 'name would'} title=${plain(one.policyError)}>${one.policyError ? `refused v${policyVersion}` : `not v${policyVersion}`}</span>` : ''}</span>
      <span>${coverage(one)}</span>
      <span class="when"><${Ago} at=${one.lastSeen} /></span></a></div>`)}</div>`;
}

const byName = (a, b) => String(a.name).localeCompare(String(b.name)) || String(a.host).localeCompare(String(b.host));

export const stateOf = (one) => (one.revoked ? 'revoked' : one.connected ? 'connected' : 'away');

function coverage({ coverage: covered }) {
  if (!covered) return html`<span class="quiet">not reported</span>`;
  return html`${covered.woven} woven${covered.refused > 0 ? html` <span class="name bad">${covered.refused} refused</span>` : ''}`;
}

function NoWorkload() {
  return html`<${Empty} title="No workload is connected yet">
    <p>Add <code>-javaagent:sallyport-agent.jar</code> to a JVM, and it enrols here with its coverage and its policy.</p>
    ${may('admin') ? html`<p><a href="#/settings">Create a join token and get the lines to copy</a></p>`
      : html`<p>An admin creates the join token that it needs, under Settings.</p>`}<//>`;
}

export const fleetSize = (list) => `${plural(list.filter((one) => one.connected).length, 'workload')} connected, ${list.length} known.`;
