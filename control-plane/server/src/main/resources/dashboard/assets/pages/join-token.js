// From nothing to a connected workload: a join token and the lines that use it.
import { html, useRef, useState } from '../core/view.js';
import { post } from '../core/api.js';
import { absolute } from '../core/clock.js';
import { Copyable, Field, useAction, words } from '../ui/form.js';
import { Problem, Section } from '../ui/panel.js';

export function JoinToken() {
  const { busy, problem, run } = useAction();
  const [made, setMade] = useState(null);
  const form = useRef(null);
  const create = (event) => {
    event.preventDefault();
    const fields = new FormData(form.current);
    const body = { ttlMinutes: Number(fields.get('ttl')), uses: Number(fields.get('uses')) };
    if (fields.get('workload').trim()) body.workload = fields.get('workload').trim();
    const labels = Object.fromEntries(words(fields.get('labels')).map((pair) => pair.split('=')).filter((pair) => pair.length === 2));
    if (Object.keys(labels).length) body.labels = labels;
    const groups = words(fields.get('groups'));
    if (groups.length) body.groups = groups;
    run(async () => setMade(await post('/join-tokens', body)));
  };
  return html`
    <${Section} title="Connect a workload">
      <form class="stack" ref=${form} onSubmit=${create}>
        <div class="fields">
          <${Field} label="Workload" hint="Empty: the workload names itself."><input name="workload" autocomplete="off" placeholder="orders-service" /><//>
          <${Field} label="Groups" hint="What its calls may count as."><input name="groups" autocomplete="off" placeholder="deployers" /><//>
          <${Field} label="Labels"><input name="labels" autocomplete="off" placeholder="env=prod team=orders" /><//>
          <${Field} label="Minutes it can be used"><input name="ttl" type="number" min="1" max="525600" defaultValue="60" required /><//>
          <${Field} label="How many times"><input name="uses" type="number" min="1" max="100000" defaultValue="1" required /><//>
        </div>
        <${Problem} of=${problem} />
        <div class="buttons"><button class="primary" disabled=${busy}>Create join token</button></div>
      </form>
      ${made && html`<${Steps} made=${made} />`}
    <//>`;
}

function Steps({ made }) {
  const lines = `export SALLYPORT_CONTROL_PLANE=${location.origin}
export SALLYPORT_TOKEN_FILE=/etc/sallyport/join-token
java -javaagent:sallyport-agent.jar -jar your-application.jar`;
  return html`<div class="done stack" role="status">
    <p><b>1.</b> Put the token into a file that only the workload can read, here <code>/etc/sallyport/join-token</code>. It is shown only now,
      ${made.expires ? ` works until ${absolute(made.expires)},` : ''} and also tells the agent which control plane to trust.</p>
    <${Copyable} text=${made.token} label="Join token" />
    <p><b>2.</b> Start the workload with the agent.</p>
    <${Copyable} text=${lines} label="Lines that start a workload" />
    <p><b>3.</b> It shows up under <a href="#/workloads">Workloads</a> within seconds.</p></div>`;
}
