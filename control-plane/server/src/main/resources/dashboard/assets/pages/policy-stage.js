// Versions on trial: where, how many workloads run them, and the two ways out.
import { html, useEffect, useState } from '../core/view.js';
import { get, post } from '../core/api.js';
import { listen } from '../core/stream.js';
import { href } from '../core/router.js';
import { may } from '../core/session.js';
import { plural } from '../core/text.js';
import { Names } from '../ui/chip.js';
import { Dialog } from '../ui/dialog.js';
import { useAction } from '../ui/form.js';
import { Problem, useLoad } from '../ui/panel.js';
import { Ago, Text } from '../ui/text.js';

export const stageText = (labels) => Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(', ');

/** Lost with a store that was restored from an older backup and shown by an agent that has it: for nobody until it is promoted. */
export const isRecovered = (version) => Object.keys(version.stage ?? { known: '' }).length === 0;

/** "env=canary, region=eu" as the API takes it; null for the whole fleet. */
export function parseStage(text) {
  const pairs = text.split(',').map((pair) => pair.trim()).filter(Boolean).map((pair) => pair.split('=').map((part) => part.trim()));
  return pairs.length ? Object.fromEntries(pairs.map(([key, ...value]) => [key, value.join('=')])) : null;
}

export function Staged({ current, onDone, onTakeBack }) {
  const workloads = useLoad(() => get('/workloads'));
  useEffect(() => listen('workload', workloads.again), []);
  const [asking, setAsking] = useState(null);
  return html`<div class="staged" role="status">${current.staged.map((one, i) => html`
    <div class="bar" key=${one.version}><b><a href=${href('policy', one.version)}>Version ${one.version}</a></b>
      <span>${isRecovered(one) ? 'was lost with the store and is in force where it was; nobody else gets it' : html`is on trial at <${Names} of=${[stageText(one.stage)]} />`} <span class="quiet"><${Ago} at=${one.savedAt} />, by <${Text} of=${one.author} />${uptake(workloads.data, one)}</span></span>
      ${may('author') && i === 0 && html`<div class="actions">
        <button type="button" onClick=${onTakeBack}>Take it back…</button>
        <button type="button" class="primary" onClick=${() => setAsking(one)}>Promote…</button></div>`}</div>`)}
    ${asking && html`<${Promote} of=${asking} onClose=${() => setAsking(null)} onDone=${() => { setAsking(null); onDone(); }} />`}</div>`;
}

function uptake(workloads, version) {
  if (!workloads) return '';
  const running = workloads.filter((one) => one.connected && one.policyVersion === version.version).length;
  const refused = workloads.filter((one) => one.connected && one.policyError).length;
  return `; ${plural(running, 'connected workload')} ${running === 1 ? 'runs' : 'run'} it${refused ? `, ${refused} refused a policy` : ''}`;
}

function Promote({ of, onClose, onDone }) {
  const { busy, problem, run } = useAction();
  const submit = async (event) => {
    event.preventDefault();
    if (await run(() => post('/policy/promote', { version: of.version }))) onDone();
  };
  return html`<${Dialog} title=${`Promote version ${of.version}`} onClose=${onClose}>
    <p>${isRecovered(of) ? 'It was in force before the store was restored' : `It has been on trial at ${stageText(of.stage)}`}. Now every connected workload takes it within a second.</p>
    <form class="stack" onSubmit=${submit}><${Problem} of=${problem} />
      <div class="buttons"><button class="primary" disabled=${busy}>Promote to the whole fleet</button></div></form><//>`;
}
