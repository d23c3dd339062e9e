// The emergency: letting a call run alone, past its rules. Folded away, since nobody should come to it by accident.
import { html, useState } from '../core/view.js';
import { breakGlass } from '../core/approvals.js';
import { Problem } from '../ui/panel.js';
import { useAction } from '../ui/form.js';

export function BreakGlass({ approval }) {
  const { busy, problem, run } = useAction();
  const [reason, setReason] = useState('');
  const missing = !reason.trim();
  return html`<details class="break-glass">
    <summary>Emergency</summary>
    <p class="quiet">Lets the call run now, whatever its rules ask for. Masks stay. An alarm, the audit log and all receivers of notifications name you.</p>
    <${Problem} of=${problem} />
    <label class="field wide"><span class="label">Why</span>
      <input name="emergency" value=${reason} maxlength="1000" autocomplete="off" onInput=${(event) => setReason(event.target.value)} /></label>
    <button type="button" class="refuse" disabled=${missing} aria-disabled=${busy}
      onClick=${() => run(() => breakGlass(approval.id, reason.trim()))}>Break the glass</button>
  </details>`;
}
