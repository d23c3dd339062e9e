// Logging in: as a page of its own, and as a form that opens over a page whose login has expired.
import { html, useEffect, useRef, useState } from '../core/view.js';
import { useCell } from '../core/cell.js';
import { get, post } from '../core/api.js';
import { loggedIn, session } from '../core/session.js';
import { leave } from '../core/router.js';
import { Field, useAction } from '../ui/form.js';
import { Mark } from '../ui/icons.js';
import { Text } from '../ui/text.js';
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
        <${Problem} of=${refusal()} />
        <${Ways} />
        <${LoginForm} />
        <p class="hint">First start? The password of <code>admin</code> is in the file <code>admin-password</code> in the control
          plane's data directory.</p>
      </div>
    </main>`;
}

const REFUSALS = {
  no_role: 'You are known to the identity provider, but none of your groups has a role here. Ask an administrator.',
  stale: 'That took too long, or was begun in another browser. Please sign in again.',
  refused: 'The identity provider did not vouch for you in a way that can be taken. The audit log says why.',
  provider: 'The identity provider cannot be reached. Try again, or log in with a local user.',
};

// Only a word comes back from a failed sign-in, never text that somebody else could put into a link.
function refusal() {
  const message = REFUSALS[new URLSearchParams(location.search).get('sign-in')];
  return message ? { message } : null;
}

function Ways() {
  const [ways, setWays] = useState([]);
  useEffect(() => { get('/sign-in').then(setWays, () => {}); }, []);
  if (!ways.length) return null;
  return html`<div class="stack ways">${ways.map((way) => html`
    <a class="button primary" key=${way.href} href=${way.href} onClick=${leave}>Sign in with <${Text} of=${way.title} /></a>`)}</div>
    <p class="quiet">or with a local user</p>`;
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
