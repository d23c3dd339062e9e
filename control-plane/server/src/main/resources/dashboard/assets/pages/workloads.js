// Workloads: the fleet, and one of them with what is woven in it and how its connections are encrypted.
import { html, useEffect, useRef, useState } from '../core/view.js';
import { get, post } from '../core/api.js';
import { listen } from '../core/stream.js';
import { href } from '../core/router.js';
import { may } from '../core/session.js';
import { Names, State } from '../ui/chip.js';
import { Dialog } from '../ui/dialog.js';
import { Field, useAction } from '../ui/form.js';
import { Facts, Page, Problem, Section, useLoad } from '../ui/panel.js';
import { Ago, Text } from '../ui/text.js';
import { Fleet, fleetSize, stateOf } from './fleet.js';
import { VerifyButton } from './verify.js';

export function Workloads({ id }) {
  return id ? html`<${One} key=${id} id=${id} />` : html`<${All} />`;
}

function All() {
  const { data, problem, again } = useLoad(() => get('/workloads'));
  const policy = useLoad(() => get('/policy'));
  useEffect(() => {
    const stops = [listen('workload', again), listen('resync', again), listen('policy', policy.again)];
    return () => stops.forEach((stop) => stop());
  }, []);
  return html`
    <${Page} title="Workloads" wide lead=${data?.length ? fleetSize(data) : null}
      actions=${may('admin') && html`<a class="button" href="#/settings">Connect a workload</a>`}>
      <${Problem} of=${problem} retry=${again} />
      ${data && html`<div class="panel flush"><${Fleet} of=${data} policyVersion=${policy.data?.version} /></div>`}
    <//>`;
}

function One({ id }) {
  const { data, problem, again } = useLoad(() => get(`/workloads/${encodeURIComponent(id)}`), [id]);
  const [revoking, setRevoking] = useState(false);
  useEffect(() => {
    const stops = [listen('workload', (one) => one.id === id && again()), listen('resync', again)];
    return () => stops.forEach((stop) => stop());
  }, [id]);
  if (!data) return html`<${Page} title="Workload"><${Problem} of=${problem} retry=${again} /><//>`;
  return html`
    <${Page} title=${html`<${Text} of=${data.name} />`} lead=${html`<a href="#/workloads">Workloads</a> / <${Text} of=${data.host} />`}
      actions=${html`<a class="button" href=${href('events', null, { workload: id })}>Its events</a>
        <${VerifyButton} workload=${data} />
        ${may('admin') && !data.revoked && html`<button type="button" class="danger" onClick=${() => setRevoking(true)}>Revoke…</button>`}`}>
      <${Problem} of=${problem} retry=${again} />
      <div class="panel padded"><${Facts} of=${[
        ['State', html`<${State} of=${stateOf(data)} />`],
        ['Last seen', html`<${Ago} at=${data.lastSeen} />`],
        ['Mode', data.mode && html`<${State} of=${data.mode} />`],
        ['Policy version', data.policyVersion || 'none'],
        ['Policy refused', data.policyError && html`<span class="wrong"><${Text} of=${data.policyError} /></span>`, true],
        ['Revoked', data.revoked && html`<span class="wrong"><${Text} of=${data.revokedReason || 'no reason given'} /></span>`, true],
        ['Held calls', String(data.waiting ?? 0)],
        ['Identity', data.verified ? 'verified' : html`<span class="caution">not verified</span>`],
        ['Process', html`<code>${data.pid}</code> on <code><${Text} of=${data.host} /></code>`],
        ['Java', html`<${Text} of=${data.java} />`],
        ['Agent', html`<${Text} of=${data.agentVersion} />`],
        ['Instance', html`<code><${Text} of=${data.instance} /></code>`],
        ['Groups', data.groups?.length > 0 && html`<${Names} of=${data.groups} />`],
        ['Labels', html`<${Names} of=${pairs(data.labels)} />`, true],
        ['Calls itself', pairs(data.declaredLabels).length > 0 && html`<${Names} of=${pairs(data.declaredLabels)} /><span class="caution"> not verified</span>`, true],
      ]} /></div>
      <${Coverage} components=${data.components ?? []} />
      <${Tls} sessions=${data.tls ?? []} />
      ${revoking && html`<${Revoke} workload=${data} onClose=${() => setRevoking(false)} onDone=${() => { setRevoking(false); again(); }} />`}
    <//>`;
}

const pairs = (labels) => Object.entries(labels ?? {}).map(([name, value]) => `${name}=${value}`);

const WORST_FIRST = ['REFUSED', 'UNMEDIATED', 'TARGET', 'WOVEN_UNPROVEN', 'WOVEN'];
/** Entries that are no woven types: connections past the mediated ones, and connections by target. */
const SOCKETS = ['UNMEDIATED', 'TARGET'];

function Coverage({ components }) {
  const sorted = [...components].sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state)
    || String(a.module).localeCompare(String(b.module)) || String(a.type).localeCompare(String(b.type)));
  const types = components.filter((one) => !SOCKETS.includes(one.state));
  const refused = types.filter((one) => one.state === 'REFUSED').length;
  const unproven = types.filter((one) => one.state === 'WOVEN_UNPROVEN').length;
  const around = components.filter((one) => one.state === 'UNMEDIATED').length;
  return html`
    <${Section} title="Coverage" flush note=${components.length ? `${types.length} types, ${refused ? `${refused} refused` : 'all woven'}${unproven ? `, ${unproven} unproven` : ''}${around ? `, ${around} unmediated` : ''}` : ''}>
      ${components.length === 0 ? html`<p class="quiet pad">No report yet. The agent sends one as soon as a driver or an HTTP client is loaded.</p>` : html`
        <ul class="rows">${sorted.map((one) => html`<li class="row component" key=${`${one.module} ${one.type} ${one.reason}`}>
          <${State} of=${one.state} /><code><${Text} of=${one.type} /></code><span class="quiet"><${Text} of=${one.module} /></span>
          ${one.reason && html`<span class="reason"><${Text} of=${one.reason} /></span>`}</li>`)}</ul>`}
    <//>`;
}

function Tls({ sessions }) {
  return html`
    <${Section} title="TLS" flush note=${sessions.length ? 'as seen on its connections' : ''}>
      ${sessions.length === 0 ? html`<p class="quiet pad">No connection has been seen yet.</p>` : html`
        <ul class="rows">${sessions.map((one) => html`<li class="row session" key=${one.session + one.at}>
          <code><${Text} of=${one.target} /></code>
          ${one.tls ? html`<code class="secure"><${Text} of=${one.tls} /></code>` : html`<span class="quiet">no TLS facts</span>`}
          <span class="when"><${Ago} at=${one.at} /></span></li>`)}</ul>`}
    <//>`;
}

function Revoke({ workload, onClose, onDone }) {
  const { busy, problem, run } = useAction();
  const reason = useRef(null);
  const submit = async (event) => {
    event.preventDefault();
    const body = { reason: reason.current.value.trim() };
    if (await run(() => post(`/workloads/${encodeURIComponent(workload.id)}/revoke`, body))) onDone();
  };
  return html`<${Dialog} title="Revoke this workload" onClose=${onClose}>
    <p><b><${Text} of=${workload.name} /></b> on <${Text} of=${workload.host} /> is cut off at once. It needs a new join token to come back.</p>
    <form class="stack" onSubmit=${submit}>
      <${Field} label="Reason"><input ref=${reason} required autocomplete="off" /><//>
      <${Problem} of=${problem} />
      <div class="buttons"><button class="danger" disabled=${busy}>Revoke</button></div></form><//>`;
}
