// The control plane's own record: who logged in, decided, changed the policy, made tokens.
import { html, useState } from '../core/view.js';
import { get } from '../core/api.js';
import { Empty, Page, Problem, useLoad } from '../ui/panel.js';
import { Clock, Ago, Text } from '../ui/text.js';

const PAGE = 100;

export function Audit() {
  const [more, setMore] = useState([]);
  const [end, setEnd] = useState(false);
  const { data, problem, again } = useLoad(() => get('/audit', { limit: PAGE }));
  const [failed, setFailed] = useState(null);
  const entries = [...(data ?? []), ...more];
  const load = () => get('/audit', { limit: PAGE, before: entries.at(-1).id }).then((older) => {
    setMore([...more, ...older]);
    setEnd(older.length < PAGE);
  }, setFailed);
  return html`
    <${Page} title="Audit" lead="What people and tokens did at this control plane, newest first.">
      <${Problem} of=${problem ?? failed} retry=${again} />
      ${data && (entries.length === 0 ? html`<${Empty} title="Nothing has been done yet"><p>Logins, decisions, policy changes and tokens are recorded here.</p><//>` : html`
        <div class="panel flush"><ul class="rows">${entries.map((entry) => html`<li class="row audit" key=${entry.id}>
          <span class="when"><${Ago} at=${entry.at} /> <small><${Clock} at=${entry.at} /></small></span>
          <b><${Text} of=${entry.actor} /></b><span><code><${Text} of=${entry.action} /></code></span>
          <span class="what"><${Text} of=${entry.subject} /> <span class="quiet"><${Text} of=${entry.detail} /></span></span></li>`)}</ul></div>`)}
      ${data?.length === PAGE && !end && html`<p class="more"><button type="button" onClick=${load}>Load older entries</button></p>`}
    <//>`;
}
