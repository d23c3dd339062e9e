// Forms: a labelled field, a button that works only once at a time, and a text to copy.
import { html, useState } from '../core/view.js';
import { Icon } from './icons.js';

export function Field({ label, hint, children, wide }) {
  return html`<label class=${wide ? 'field wide' : 'field'}><span class="label">${label}</span>${children}
    ${hint && html`<span class="hint">${hint}</span>`}</label>`;
}

/**
 * Runs one request at a time and keeps its problem.
 * @returns {{busy, problem, run}} `run(work)` resolves to whether it worked
 */
export function useAction() {
  const [state, setState] = useState({ busy: false, problem: null });
  const run = async (work) => {
    if (state.busy) return false;
    setState({ busy: true, problem: null });
    try {
      await work();
      setState({ busy: false, problem: null });
      return true;
    } catch (problem) {
      setState({ busy: false, problem });
      return false;
    }
  };
  return { ...state, run };
}

export function Copyable({ text, label }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 2000);
  };
  return html`<div class="copyable" role="group" aria-label=${label}>
    <pre>${text}</pre>
    <button type="button" onClick=${copy}><${Icon} name=${done ? 'check' : 'copy'} /> ${done ? 'Copied' : 'Copy'}</button>
  </div>`;
}

/** Words separated by commas or blanks. */
export const words = (text) => text.split(/[\s,]+/).filter(Boolean);
