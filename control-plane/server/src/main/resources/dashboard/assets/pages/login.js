// Logging in: as a page of its own, and as a form that opens over a page whose login has expired.
import { html, useEffect, useRef } from '../core/view.js';
import { useCell } from '../core/cell.js';
import { post } from '../core/api.js';
import { loggedIn, session } from '../core/session.js';
import { Field, useAction } from '../ui/form.js';
import { Mark } from '../ui/icons.js';
import { Problem } from '../ui/panel.js';

export function Login() {
  const { problem } = useCell(session);
  useEffect(() => { document.title = 'Log in · Sallyport'; }, []);
  return html`
    <main class="login">
      <div class="login-box">
        <div class="brand"><${Mark} /><h1>Sallyport</h1></div>
        <p class="quiet">Log in to the control plane.</p>
        <${Problem} of=${problem} />
        <${LoginForm} />
        <p class="hint">First start? The password of <code>admin</code> is in the file <code>admin-password</code> in the control
          plane's data directory.</p>
      </div>
    </main>`;
}

export function LoginForm({ user }) {
  const { busy, problem, run } = useAction();
  const name = useRef(null);
  const password = useRef(null);
  useEffect(() => (user ? password : name).current.focus(), []);
  const submit = async (event) => {
    event.preventDefault();
    const body = { user: name.current.value.trim(), password: password.current.value };
    const done = await run(async () => loggedIn(await post('/login', body)));
    if (!done) password.current?.select();
  };
  return html`
    <form class="stack" onSubmit=${submit}>
      <${Field} label="User"><input ref=${name} name="user" autocomplete="username" autocapitalize="none" spellcheck=${false}
        required defaultValue=${user ?? ''} /><//>
      <${Field} label="Password"><input ref=${password} name="password" type="password" autocomplete="current-password" required /><//>
      <${Problem} of=${problem} />
      <button class="primary" disabled=${busy}>${busy ? 'Logging in…' : 'Log in'}</button>
    </form>`;
}
