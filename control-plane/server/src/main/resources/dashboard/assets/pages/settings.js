// What an admin sets up: workloads that may join, people, and tokens for machines. A secret is shown once and never again.
import { html, useRef, useState } from '../core/view.js';
import { del, get, post } from '../core/api.js';
import { Copyable, Field, useAction, words } from '../ui/form.js';
import { Page, Problem, Section, useLoad } from '../ui/panel.js';
import { Text } from '../ui/text.js';
import { Holders } from './holders.js';
import { JoinToken } from './join-token.js';

const ROLES = ['viewer', 'auditor', 'approver', 'breakglass', 'author', 'admin'];

export function Settings() {
  return html`<${Page} title="Settings"><${JoinToken} /><${Users} /><${Tokens} /><//>`;
}

function Users() {
  const { data, problem, again } = useLoad(() => get('/users'));
  const { busy, problem: failed, run } = useAction();
  const [made, setMade] = useState(null);
  const form = useRef(null);
  const add = async (event) => {
    event.preventDefault();
    const fields = new FormData(form.current);
    const body = { name: fields.get('name').trim(), roles: fields.getAll('roles'), groups: words(fields.get('groups')) };
    if (fields.get('password')) body.password = fields.get('password');
    const done = await run(async () => setMade({ ...(await post('/users', body)), name: body.name }));
    if (!done) return;
    form.current.reset();
    again();
  };
  return html`
    <${Section} title="People">
      <${Problem} of=${problem} retry=${again} />
      <${Holders} of=${data} name=${(user) => user.name} remove=${(user) => del(`/users/${encodeURIComponent(user.name)}`)} onRemoved=${again}
        what="user" consequence="The person is logged out and cannot log in any more." />
      <details><summary>Add a person</summary>
        <form class="stack" ref=${form} onSubmit=${add}>
          <div class="fields"><${Field} label="Name"><input name="name" required autocomplete="off" autocapitalize="none" spellcheck=${false} /><//>
            <${Field} label="Password" hint="Empty: one is generated and shown once."><input name="password" type="password" autocomplete="new-password" /><//>
            <${Field} label="Groups" hint="As rules name them: dba, oncall"><input name="groups" autocomplete="off" /><//></div>
          <${Roles} /><${Problem} of=${failed} />
          <div class="buttons"><button class="primary" disabled=${busy}>Add</button></div></form></details>
      ${made && html`<div class="done" role="status"><p><b><${Text} of=${made.name} /></b> can log in.${made.password ? ' The password is shown only now:' : ''}</p>
        ${made.password && html`<${Copyable} text=${made.password} label="Generated password" />`}</div>`}
    <//>`;
}

function Tokens() {
  const { data, problem, again } = useLoad(() => get('/tokens'));
  const { busy, problem: failed, run } = useAction();
  const [made, setMade] = useState(null);
  const form = useRef(null);
  const add = async (event) => {
    event.preventDefault();
    const fields = new FormData(form.current);
    const body = { name: fields.get('name').trim(), roles: fields.getAll('roles'), groups: words(fields.get('groups')), ttlMinutes: Number(fields.get('days')) * 1440 };
    const done = await run(async () => setMade(await post('/tokens', body)));
    if (!done) return;
    form.current.reset();
    again();
  };
  return html`
    <${Section} title="API tokens" note="for the command line and for pipelines">
      <${Problem} of=${problem} retry=${again} />
      <${Holders} of=${data} name=${(token) => token.name} remove=${(token) => del(`/tokens/${encodeURIComponent(token.id)}`)} onRemoved=${again}
        what="token" maker consequence="Whatever uses it is refused from now on." />
      <details><summary>Create a token</summary>
        <form class="stack" ref=${form} onSubmit=${add}>
          <div class="fields"><${Field} label="Name"><input name="name" required autocomplete="off" /><//>
            <${Field} label="Days until it expires"><input name="days" type="number" min="1" max="365" defaultValue="30" required /><//>
            <${Field} label="Groups"><input name="groups" autocomplete="off" /><//></div>
          <${Roles} /><${Problem} of=${failed} />
          <div class="buttons"><button class="primary" disabled=${busy}>Create</button></div></form></details>
      ${made && html`<div class="done" role="status"><p>The token is shown only now:</p><${Copyable} text=${made.token} label="API token" /></div>`}
    <//>`;
}

function Roles() {
  return html`<fieldset class="roles"><legend class="label">Roles</legend>
    ${ROLES.map((role) => html`<label class="check" key=${role}><input type="checkbox" name="roles" value=${role} defaultChecked=${role === 'viewer'} /><span>${role}</span></label>`)}</fieldset>`;
}
