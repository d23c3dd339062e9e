// The frame: login, navigation, live state, title, and the page that the address names.
import { html, useEffect, useErrorBoundary } from './core/view.js';
import { useCell } from './core/cell.js';
import { route, href, comeBack } from './core/router.js';
import { session, loggedIn, loggedOut, may } from './core/session.js';
import { get, post } from './core/api.js';
import * as stream from './core/stream.js';
import { approvals, load, waiting } from './core/approvals.js';
import { Icon, Mark } from './ui/icons.js';
import { Dialog } from './ui/dialog.js';
import { Text } from './ui/text.js';
import { Login, LoginForm } from './pages/login.js';
import { Overview } from './pages/overview.js';
import { Approvals } from './pages/approvals.js';
import { Events } from './pages/events.js';
import { Sessions } from './pages/sessions.js';
import { Workloads } from './pages/workloads.js';
import { Encryption } from './pages/encryption.js';
import { Policy } from './pages/policy.js';
import { Settings } from './pages/settings.js';
import { Audit } from './pages/audit.js';
import { Device } from './pages/device.js';
import { Tokens } from './pages/tokens.js';

const PAGES = [
  { id: 'overview', title: 'Overview', view: Overview },
  { id: 'approvals', title: 'Approvals', view: Approvals },
  { id: 'events', title: 'Events', view: Events },
  { id: 'sessions', title: 'Sessions', view: Sessions },
  { id: 'workloads', title: 'Workloads', view: Workloads },
  { id: 'encryption', title: 'Encryption', view: Encryption },
  { id: 'policy', title: 'Policy', view: Policy },
  { id: 'audit', title: 'Audit', view: Audit, allowed: () => may('auditor') },
  { id: 'settings', title: 'Settings', view: Settings, allowed: () => may('admin') },
  { id: 'tokens', title: 'Your tokens', view: Tokens, linked: true },
  { id: 'device', title: 'Log a tool in', view: Device, linked: true },
];
const ON_PHONE = ['overview', 'approvals', 'events', 'workloads'];

export function App() {
  const { state, me } = useCell(session);
  useEffect(() => {
    get('/me').then((me) => {
      loggedIn(me);
      comeBack();
    }, (problem) =>
      (problem.status === 401 ? loggedOut() : session.set({ state: 'out', me: null, problem })));
  }, []);
  if (state === 'unknown') return html`<p class="boot">Loading Sallyport…</p>`;
  if (state === 'out') return html`<${Login} />`;
  return html`<${Shell} key=${me.user} me=${me} expired=${state === 'expired'} />`;
}

function Shell({ me, expired }) {
  const current = useCell(route);
  const all = useCell(approvals);
  const open = waiting(all).length;
  const pages = PAGES.filter((page) => !page.allowed || page.allowed());
  const page = pages.find((candidate) => candidate.id === current.page);
  const title = page?.title ?? (current.page === 'more' ? 'More' : 'Not found');

  useEffect(() => {
    if (expired) return stream.stop();
    load().catch(() => {});
    stream.start();
    return stream.stop;
  }, [expired]);
  useEffect(() => {
    document.title = `${open ? `(${open}) ` : ''}${title} · Sallyport`;
  }, [open, title]);

  return html`
    <a class="skip" href="#main" onClick=${skip}>Skip to content</a>
    <div class="shell">
      <header class="rail">
        <a class="brand" href="#/overview"><${Mark} /><span>Sallyport</span></a>
        <nav aria-label="Main">
          ${pages.filter((item) => !item.linked).map((item) => html`<${NavLink} key=${item.id} item=${item} current=${current.page} open=${open} />`)}
          <${NavLink} item=${{ id: 'more', title: 'More' }} current=${current.page} />
        </nav>
        <div class="rail-foot"><${Live} /><${Person} me=${me} /></div>
      </header>
      <main id="main" tabindex="-1">
        <${Guarded} key=${current.page}>
          ${page ? html`<${page.view} id=${current.id} query=${current.query} />`
            : current.page === 'more' ? html`<${More} me=${me} pages=${pages} />` : html`<${NotFound} />`}
        <//>
      </main>
    </div>
    <div class="visually-hidden" role="status" aria-live="polite">
      ${open ? `${open} ${open === 1 ? 'approval waits' : 'approvals wait'} for a decision` : ''}</div>
    ${expired && html`<${Dialog} title="Your login has expired" required>
      <p class="quiet">Log in to go on where you were. Nothing on the page is lost.</p><${LoginForm} user=${me.user} /><//>`}`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

function NavLink({ item, current, open }) {
  const badge = item.id === 'approvals' && open > 0;
  const place = item.id === 'more' ? 'phone only' : ON_PHONE.includes(item.id) ? 'phone' : '';
  return html`<a href=${href(item.id)} class=${place} aria-current=${current === item.id ? 'page' : undefined}>
    <${Icon} name=${item.id} /><span>${item.title}</span>
    ${badge && html`<b class="badge"><span class="visually-hidden">waiting: </span>${open}</b>`}</a>`;
}

function Live() {
  const state = useCell(stream.feed);
  const words = { live: 'Live', lost: 'Connection lost, trying again', connecting: 'Connecting' };
  return html`<p class=${`live ${state}`} role="status"><i></i><span>${words[state]}</span></p>`;
}

function Person({ me }) {
  return html`<div class="person"><div><strong><${Text} of=${me.user} /></strong>
      <span class="quiet"><${Text} of=${(me.roles ?? []).join(', ')} /></span>
      <a href=${href('tokens')}>Your tokens</a></div>
    <button type="button" class="quiet-button" onClick=${logOut} title="Log out">
      <${Icon} name="out" /><span class="visually-hidden">Log out</span></button></div>`;
}

const logOut = () => post('/logout').catch(() => {}).then(() => {
  approvals.set(null);
  loggedOut();
});

function More({ me, pages }) {
  const rest = pages.filter((page) => !page.linked && !ON_PHONE.includes(page.id));
  return html`<div class="page"><header class="page-head"><h1>More</h1></header>
    <ul class="links panel flush">${rest.map((page) => html`
      <li key=${page.id}><a href=${href(page.id)}><${Icon} name=${page.id} />${page.title}</a></li>`)}</ul>
    <div class="panel"><${Person} me=${me} /></div></div>`;
}

function NotFound() {
  return html`<div class="page"><h1>There is no such page</h1><p>Go back to the <a href="#/overview">overview</a>.</p></div>`;
}

// One broken page must not take the approvals badge and the navigation with it.
function Guarded({ children }) {
  const [problem, reset] = useErrorBoundary((error) => console.error(error));
  if (!problem) return children;
  return html`<div class="page"><div class="problem" role="alert"><p>This page could not be drawn: ${String(problem.message)}</p>
    <button type="button" onClick=${reset}>Try again</button></div></div>`;
}
