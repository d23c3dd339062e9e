// Letting a tool of one's own in: the code from the terminal, who asked for it, and one button.
import { html, useEffect, useState } from '../core/view.js';
import { useCell } from '../core/cell.js';
import { get, post } from '../core/api.js';
import { go } from '../core/router.js';
import { session } from '../core/session.js';
import { Field, useAction } from '../ui/form.js';
import { Problem } from '../ui/panel.js';
import { Ago, Text } from '../ui/text.js';

export function Device({ id }) {
  return html`<div class="page"><header class="page-head"><h1>Log a tool in</h1></header>
    <div class="panel stack">${id ? html`<${Confirm} key=${id} code=${id} />` : html`<${Ask} />`}</div></div>`;
}

function Ask() {
  const submit = (event) => {
    event.preventDefault();
    go('device', new FormData(event.target).get('code').trim());
  };
  return html`<form class="stack" onSubmit=${submit}>
    <${Field} label="Code" hint="The login command shows it."><input name="code" autocomplete="off" required /><//>
    <div class="buttons"><button class="primary">Go on</button></div></form>`;
}

function Confirm({ code }) {
  const { me } = useCell(session);
  const { busy, problem, run } = useAction();
  const [login, setLogin] = useState(null);
  const [done, setDone] = useState(false);
  useEffect(() => { run(async () => setLogin(await get(`/device-logins/${encodeURIComponent(code)}`))); }, []);
  if (done) return html`<p role="status">Done. The tool acts as <b><${Text} of=${me.user} /></b> for eight hours; you can close this page.</p>`;
  return html`<${Problem} of=${problem} />
    ${login && html`
      <p>A login command at <code><${Text} of=${login.askedFrom} /></code> asked for this code <${Ago} at=${login.created} />:</p>
      <p><code>${login.code}</code></p>
      <p>Go on only if your own terminal shows it. What joins with it acts as <b><${Text} of=${me.user} /></b>, with your groups.</p>
      <div class="buttons"><button type="button" class="primary" aria-disabled=${busy}
        onClick=${() => run(async () => { await post(`/device-logins/${encodeURIComponent(code)}/confirm`); setDone(true); })}>It is mine: let it in</button></div>`}`;
}
