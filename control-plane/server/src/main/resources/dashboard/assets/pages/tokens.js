// API tokens that people make for themselves: for the command line, with the roles and groups that they have now.
import { html, useRef, useState } from '../core/view.js';
import { del, get, post } from '../core/api.js';
import { Copyable, Field, useAction } from '../ui/form.js';
import { Page, Problem, Section, useLoad } from '../ui/panel.js';
import { Holders } from './holders.js';

const MOST_HOURS = 12;

export function Tokens() {
  const { data, problem, again } = useLoad(() => get('/me/tokens'));
  const { busy, problem: failed, run } = useAction();
  const [made, setMade] = useState(null);
  const form = useRef(null);
  const add = async (event) => {
    event.preventDefault();
    const hours = Number(new FormData(form.current).get('hours'));
    if (await run(async () => setMade(await post('/me/tokens', { ttlMinutes: hours * 60 })))) again();
  };
  return html`<${Page} title="Your tokens" lead="For the command line, where you are yourself: each acts as you, with the roles and groups that you have when you make it.">
    <${Section} title="API tokens">
      <${Problem} of=${problem} retry=${again} />
      ${data?.length === 0 && html`<p class="quiet">You have none.</p>`}
      <${Holders} of=${data} name=${(token) => token.id} remove=${(token) => del(`/me/tokens/${encodeURIComponent(token.id)}`)} onRemoved=${again}
        what="token" consequence="Whatever uses it is refused from now on." />
      <form class="stack" ref=${form} onSubmit=${add}>
        <div class="fields"><${Field} label="Hours until it expires" hint=${`${MOST_HOURS} at most, as long as a login holds`}>
          <input name="hours" type="number" min="1" max=${MOST_HOURS} defaultValue=${MOST_HOURS} required /><//></div>
        <${Problem} of=${failed} />
        <div class="buttons"><button class="primary" disabled=${busy}>Create</button></div></form>
      ${made && html`<div class="done" role="status"><p>The token is shown only now:</p><${Copyable} text=${made.token} label="API token" /></div>`}
    <//><//>`;
}
