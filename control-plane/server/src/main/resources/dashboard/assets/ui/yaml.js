// Policy text: with line numbers, as a diff, and in an editor that shows each error at the end of its line.
import { html, useEffect, useRef } from '../core/view.js';
import { changesOnly, diff } from '../core/diff.js';
import { plural } from '../core/text.js';
import { Text } from './text.js';

const TOKEN = /("(?:[^"\\]|\\.)*"|'[^']*')|((?:^|\s)#.*$)|([\w.-]+)(?=\s*:(?:\s|$))/g;

function Line({ text }) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > from) parts.push(html`<${Text} of=${text.slice(from, match.index)} />`);
    parts.push(html`<span class=${match[1] ? 'y-text' : match[2] ? 'y-note' : 'y-key'}><${Text} of=${match[0]} /></span>`);
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(html`<${Text} of=${text.slice(from)} />`);
  return parts;
}

export function YamlView({ text }) {
  return html`<div class="yaml" role="group" aria-label="Policy text" tabindex="0"><div class="yaml-lines">
    ${text.replace(/\n$/, '').split('\n').map((line, index) => html`<div class="y" key=${index}><i>${index + 1}</i><code><${Line} text=${line} /></code></div>`)}</div></div>`;
}

export function YamlDiff({ before, after }) {
  const lines = diff(before, after);
  const added = lines.filter((line) => line.kind === 'new').length;
  const removed = lines.filter((line) => line.kind === 'old').length;
  if (!added && !removed) return html`<p class="quiet">No difference.</p>`;
  const sign = { old: '−', new: '+', same: ' ' };
  const spoken = { old: 'removed: ', new: 'added: ' };
  return html`
    <p class="quiet">${plural(added, 'line')} added, ${plural(removed, 'line')} removed.</p>
    <div class="yaml" role="group" aria-label="Changes" tabindex="0"><div class="yaml-lines">
      ${changesOnly(lines).map((line, index) => (line.kind === 'gap'
        ? html`<div class="y gap" key=${index}><i></i><i></i><span>${plural(line.lines, 'line')} the same</span></div>`
        : html`<div class=${`y ${line.kind}`} key=${index}><i>${line.oldLine}</i><i>${line.newLine}</i><b aria-hidden="true">${sign[line.kind]}</b>
            <code>${spoken[line.kind] && html`<span class="visually-hidden">${spoken[line.kind]}</span>`}<${Line} text=${line.text} /></code></div>`))}</div></div>`;
}

/** The text area lies over the coloured text of the same size, so that caret, selection and undo are the browser's own. */
export function YamlEditor({ text, errors, onInput, goTo }) {
  const area = useRef(null);
  const lines = text.split('\n');
  const byLine = new Map();
  errors.forEach((error) => byLine.set(error.line, [...(byLine.get(error.line) ?? []), error.reason]));
  useEffect(() => { area.current.focus({ preventScroll: true }); area.current.setSelectionRange(0, 0); }, []);
  useEffect(() => {
    if (!goTo) return;
    const start = lines.slice(0, goTo.line - 1).join('\n').length + (goTo.line > 1 ? 1 : 0);
    area.current.focus({ preventScroll: true });
    area.current.setSelectionRange(start, start + (lines[goTo.line - 1]?.length ?? 0));
    area.current.previousElementSibling.children[goTo.line - 1]?.scrollIntoView({ block: 'center' });
  }, [goTo]);
  return html`
    <div class="yaml editor">
      <div class="yaml-lines" aria-hidden="true">
        ${lines.map((line, index) => {
          const wrong = byLine.get(index + 1);
          return html`<div class=${wrong ? 'y wrong-line' : 'y'} key=${index}><i>${index + 1}</i><code><${Line} text=${line} />${line === '' ? ' ' : ''}</code>
            ${wrong && html`<em>${wrong.join('; ')}</em>`}</div>`;
        })}</div>
      <textarea ref=${area} aria-label="Policy text" aria-invalid=${errors.length > 0} aria-describedby="policy-errors" wrap="off" spellcheck=${false}
        autocapitalize="none" autocomplete="off" value=${text} onInput=${(event) => onInput(event.target.value)} />
    </div>`;
}
