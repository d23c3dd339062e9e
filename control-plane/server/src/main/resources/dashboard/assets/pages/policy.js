// The policy in force, its versions, and the way to a new one: edit, see what changes, save.
import { html, useEffect, useState } from '../core/view.js';
import { cell, useCell } from '../core/cell.js';
import { get, post } from '../core/api.js';
import { listen } from '../core/stream.js';
import { go, href } from '../core/router.js';
import { may } from '../core/session.js';
import { State } from '../ui/chip.js';
import { Dialog } from '../ui/dialog.js';
import { Field, useAction } from '../ui/form.js';
import { Empty, Page, Problem, Section, useLoad } from '../ui/panel.js';
import { Ago, Text } from '../ui/text.js';
import { YamlDiff, YamlView } from '../ui/yaml.js';
import { Edit } from './policy-edit.js';
import { Staged, isRecovered, stageText } from './policy-stage.js';

/** Unsaved work: {text, base, original}; kept while the person looks at other pages. */
const draft = cell(null);
window.addEventListener('beforeunload', (event) => {
  const unsaved = draft.get();
  if (unsaved && unsaved.text !== unsaved.original) event.preventDefault();
});

export function Policy({ id }) {
  const policy = useLoad(() => get('/policy').catch((problem) => {
    if (problem.status === 404) return { version: 0, newest: 0, staged: [], yaml: '' };
    throw problem;
  }));
  const versions = useLoad(() => get('/policy/versions'));
  const unsaved = useCell(draft);
  const [takingBack, setTakingBack] = useState(false);
  const again = () => Promise.all([policy.again(), versions.again()]);
  useEffect(() => {
    const stops = [listen('policy', again), listen('resync', again)];
    return () => stops.forEach((stop) => stop());
  }, []);
  const current = policy.data;
  if (!current) return html`<${Page} title="Policy"><${Problem} of=${policy.problem} retry=${again} /><//>`;
  if (unsaved && !id) {
    return html`<${Edit} draft=${unsaved} current=${current} onChange=${(text) => draft.set({ ...unsaved, text })}
      onRebase=${() => draft.set({ ...unsaved, base: current.newest, original: current.yaml })}
      onCancel=${() => draft.set(null)} onSaved=${() => { draft.set(null); again(); }} />`;
  }
  const edit = async () => {
    // What is on trial is what the next version improves on.
    const text = current.staged?.length ? (await get(`/policy/versions/${current.newest}`)).yaml : current.yaml;
    draft.set({ text, base: current.newest, original: text });
    go('policy');
  };
  const mode = current.yaml.match(/^mode:\s*(\w+)/m)?.[1];
  return html`
    <${Page} title="Policy" lead=${current.version ? html`Version ${current.version} is in force, saved by <b><${Text} of=${current.author} /></b> <${Ago} at=${current.savedAt} />${current.comment && html`: <${Text} of=${current.comment} />`}` : null}
      actions=${html`${mode && html`<${State} of=${mode} />`}${may('author') && !id && html`<button type="button" class="primary" onClick=${edit}>Edit</button>`}`}>
      ${current.staged?.length > 0 && html`<${Staged} current=${current} onDone=${again} onTakeBack=${() => setTakingBack(true)} />`}
      ${takingBack && html`<${Rollback} version=${current.version} onClose=${() => setTakingBack(false)} onDone=${() => { setTakingBack(false); again(); }} />`}
      ${id && html`<${Version} key=${id} number=${id} current=${current} onRolledBack=${again} />`}
      ${!id && (current.yaml ? html`<${YamlView} text=${current.yaml} />` : html`<${Empty} title="There is no policy yet">
        <p>Workloads without a policy wait, then refuse. ${may('author') ? 'Press Edit to write the first one.' : 'An author writes the first one.'}</p><//>`)}
      <${Section} title="Versions" flush>
        <${Problem} of=${versions.problem} retry=${versions.again} />
        <ul class="rows">${versions.data?.map((version) => html`<li key=${version.version}><a class="row version" href=${href('policy', version.version === current.version ? null : version.version)}
          aria-current=${String(version.version) === (id ?? String(current.version)) ? 'true' : undefined}>
          <b>v${version.version}</b><span class="what"><${Text} of=${version.comment || 'no comment'} /> ${version.version === current.version && html`<span class="name">in force</span>`}
            ${isRecovered(version) && html`<span class="name would">recovered</span>`}${version.stage && !isRecovered(version) && html`<span class="name would">${version.version > current.version ? 'on trial at' : 'was tried at'} <${Text} of=${stageText(version.stage)} /></span>`}</span>
          <span class="quiet"><${Text} of=${version.author} /></span><span class="when"><${Ago} at=${version.savedAt} /></span></a></li>`)}</ul>
      <//>
    <//>`;
}

function Version({ number, current, onRolledBack }) {
  const { data, problem, again } = useLoad(() => get(`/policy/versions/${encodeURIComponent(number)}`), [number]);
  const [whole, setWhole] = useState(false);
  const [asking, setAsking] = useState(false);
  if (!data) return html`<${Problem} of=${problem} retry=${again} />`;
  return html`
    <div class="bar"><b>Version ${data.version}</b><span class="quiet">${whole ? 'whole text' : `what going back to it would change in version ${current.version}`}</span>
      <div class="actions"><button type="button" onClick=${() => setWhole(!whole)}>${whole ? 'Show changes' : 'Show whole text'}</button>
        ${may('author') && html`<button type="button" onClick=${() => setAsking(true)}>Roll back to it…</button>`}
        <a class="button" href="#/policy">Version in force</a></div></div>
    ${whole ? html`<${YamlView} text=${data.yaml} />` : html`<${YamlDiff} before=${current.yaml} after=${data.yaml} />`}
    ${asking && html`<${Rollback} version=${data.version} onClose=${() => setAsking(false)} onDone=${() => { onRolledBack(); go('policy'); }} />`}`;
}

function Rollback({ version, onClose, onDone }) {
  const { busy, problem, run } = useAction();
  const [comment, setComment] = useState(`Roll back to version ${version}`);
  const submit = async (event) => {
    event.preventDefault();
    if (await run(() => post('/policy/rollback', { version, comment }))) onDone();
  };
  return html`<${Dialog} title=${`Roll back to version ${version}`} onClose=${onClose}>
    <p>Its text is saved as a new version and reaches every connected workload at once.</p>
    <form class="stack" onSubmit=${submit}>
      <${Field} label="Comment"><input value=${comment} required onInput=${(event) => setComment(event.target.value)} /><//>
      <${Problem} of=${problem} />
      <div class="buttons"><button class="primary" disabled=${busy}>Roll back</button></div></form><//>`;
}
