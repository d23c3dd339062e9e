// Who or what holds roles (people, tokens), each with a way to take them away.
import { html, useState } from '../core/view.js';
import { Names } from '../ui/chip.js';
import { Dialog } from '../ui/dialog.js';
import { useAction } from '../ui/form.js';
import { Problem } from '../ui/panel.js';
import { Text } from '../ui/text.js';

/** @param maker whether to say who made each */
export function Holders({ of, name, remove, onRemoved, what, maker, consequence }) {
  const [asked, setAsked] = useState(null);
  const { busy, problem, run } = useAction();
  const go = async () => {
    if (!await run(() => remove(asked))) return;
    setAsked(null);
    onRemoved();
  };
  return html`
    <ul class="rows inset">${of?.map((one) => html`<li class="row holder" key=${one.id ?? one.name}>
      <b><${Text} of=${name(one)} /></b><span class="what">${(one.roles ?? []).join(', ')} ${one.groups?.length > 0 && html`<${Names} of=${one.groups} />`}
        ${maker && one.createdBy && html`<span class="quiet"> made by <${Text} of=${one.createdBy} /></span>`}
        ${one.expires && html`<span class="quiet"> until <time datetime=${one.expires}>${new Date(one.expires).toLocaleString()}</time></span>`}</span>
      <button type="button" class="quiet-button danger" onClick=${() => setAsked(one)}>Remove…</button></li>`)}</ul>
    ${asked && html`<${Dialog} title=${`Remove this ${what}`} onClose=${() => setAsked(null)}>
      <p><b><${Text} of=${name(asked)} /></b>: ${consequence}</p><${Problem} of=${problem} />
      <div class="buttons"><button type="button" class="danger" disabled=${busy} onClick=${go}>Remove</button></div><//>`}`;
}
