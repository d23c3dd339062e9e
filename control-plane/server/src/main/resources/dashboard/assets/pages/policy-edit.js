// Editing: every pause in typing is validated by the code that the agents use; saving goes through the differences.
import { html, useEffect, useRef, useState } from '../core/view.js';
import { post, put } from '../core/api.js';
import { plural } from '../core/text.js';
import { Dialog } from '../ui/dialog.js';
import { Field, useAction } from '../ui/form.js';
import { Page, Problem } from '../ui/panel.js';
import { Trial } from './policy-trial.js';
import { parseStage } from './policy-stage.js';
import { YamlDiff, YamlEditor } from '../ui/yaml.js';

export function Edit({ draft, current, onChange, onRebase, onCancel, onSaved }) {
  const { errors, checking, problem } = useValidation(draft.text);
  const [goTo, setGoTo] = useState(null);
  const [reviewing, setReviewing] = useState(false);
  const [trying, setTrying] = useState(false);
  const changed = draft.text !== draft.original;
  const overtaken = current.newest !== draft.base;
  return html`
    <${Page} title="Edit policy" lead=${`Based on version ${draft.base || 'none'}. Nothing takes effect before you save.`}
      actions=${html`<button type="button" onClick=${onCancel}>${changed ? 'Discard changes' : 'Cancel'}</button>
        <button type="button" disabled=${errors.length > 0 || checking} onClick=${() => setTrying(true)}>Try on recorded calls</button>
        <button type="button" class="primary" disabled=${!changed || errors.length > 0 || checking || overtaken} onClick=${() => setReviewing(true)}>Review changes</button>`}>
      ${overtaken && html`<div class="problem" role="alert"><p>Version ${current.newest} was saved while you were editing. Your text is still based on version ${draft.base}.</p>
        <button type="button" onClick=${onRebase}>Compare my text with version ${current.version} instead</button></div>`}
      <${Problem} of=${problem} />
      <${YamlEditor} text=${draft.text} errors=${errors} onInput=${onChange} goTo=${goTo} />
      <div id="policy-errors" class="verdict-line" role="status">
        ${checking ? html`<span class="quiet">Checking…</span>` : errors.length === 0 ? html`<span class="good">Valid.</span>`
          : html`<p class="wrong">${plural(errors.length, 'error')}: the policy cannot be saved like this.</p>
            <ul>${errors.map((error) => html`<li><button type="button" class="link" onClick=${() => setGoTo({ line: error.line })}>
              ${error.line ? `Line ${error.line}` : 'File'}</button> ${error.path && html`<code>${error.path}</code>`} ${error.reason}</li>`)}</ul>`}</div>
      ${trying && html`<${Trial} text=${draft.text} onClose=${() => setTrying(false)} />`}
      ${reviewing && html`<${Review} draft=${draft} onClose=${() => setReviewing(false)} onSaved=${onSaved} />`}
    <//>`;
}

function Review({ draft, onClose, onSaved }) {
  const { busy, problem, run } = useAction();
  const [comment, setComment] = useState('');
  const [stage, setStage] = useState('');
  const submit = async (event) => {
    event.preventDefault();
    if (await run(() => put('/policy', { yaml: draft.text, comment: comment.trim(), base: draft.base, ...(parseStage(stage) && { stage: parseStage(stage) }) }))) onSaved();
  };
  return html`<${Dialog} title="What changes" onClose=${onClose} large>
    <${YamlDiff} before=${draft.original} after=${draft.text} />
    <form class="stack" onSubmit=${submit}>
      <${Field} label="Why (kept with the version)"><input value=${comment} required autocomplete="off" onInput=${(event) => setComment(event.target.value)} /><//>
      <${Field} label="Only where (labels; empty for the whole fleet)" hint="Verified labels, as in env=canary, region=eu. Promote it later, or take it back.">
        <input value=${stage} name="stage" autocomplete="off" onInput=${(event) => setStage(event.target.value)} /><//>
      <${Problem} of=${problem} />
      <div class="buttons"><button class="primary" disabled=${busy}>${stage.trim() ? 'Save and try there' : 'Save and roll out'}</button></div>
      <p class="hint">${stage.trim() ? 'Connected workloads with these labels take it within a second; the others keep what they have.' : 'Every connected workload takes it within a second.'}</p></form><//>`;
}

function useValidation(text) {
  const [state, setState] = useState({ errors: [], checking: true, problem: null });
  const turn = useRef(0);
  useEffect(() => {
    const mine = ++turn.current;
    setState((old) => ({ ...old, checking: true }));
    const timer = setTimeout(() => post('/policy/validate', { yaml: text }).then(
      (answer) => mine === turn.current && setState({ errors: answer.errors ?? [], checking: false, problem: null }),
      (problem) => mine === turn.current && setState({ errors: [], checking: true, problem })), 350);
    return () => clearTimeout(timer);
  }, [text]);
  return state;
}
