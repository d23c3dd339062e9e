// Encryption in transit: what each workload's connections to each target are, and what to do about those that are refused, or would be.
import { html, useEffect } from '../core/view.js';
import { get } from '../core/api.js';
import { listen } from '../core/stream.js';
import { replace } from '../core/router.js';
import { plural } from '../core/text.js';
import { Empty, Page, Problem, useLoad } from '../ui/panel.js';
import { Ago, Text } from '../ui/text.js';
import { soon } from './sessions.js';

const OUTCOMES = {
  REFUSED: ['deny', 'refused'],
  WOULD_REFUSE: ['hold', 'would be refused'],
  EXEMPT: ['plain', 'exempt'],
  FINE: ['allow', 'as demanded'],
};
const isWrong = (line) => line.outcome === 'REFUSED' || line.outcome === 'WOULD_REFUSE';

export function Encryption({ query }) {
  const { data, problem, again } = useLoad(() => get('/tls'));
  useEffect(() => listen('resync', again), []);
  useEffect(() => soon('event', again), []);
  const wrong = (data ?? []).filter(isWrong);
  const shown = query.show === 'all' ? data ?? [] : wrong;
  return html`
    <${Page} title="Encryption" wide lead="TLS as the sockets of the fleet's connections showed it, and what the policy says to it.">
      <form class="filter" aria-label="Filter connections" onSubmit=${(event) => event.preventDefault()}>
        <select aria-label="Which connections" onChange=${({ target }) => replace('encryption', null, target.value ? { show: target.value } : {})}>
          <option value="" selected=${query.show !== 'all'}>Refused, or would be if the policy were enforced</option>
          <option value="all" selected=${query.show === 'all'}>All connections</option></select>
      </form>
      <${Problem} of=${problem} retry=${again} />
      ${shown.length > 0 && html`<ul class="rows panel flush" aria-label="Connections, the worst first">
        ${shown.map((line) => html`<${Line} key=${JSON.stringify([line.workload, line.target, line.tls, line.outcome, line.fix])} line=${line} />`)}</ul>`}
      ${data && shown.length === 0 && html`<${Empty} title=${data.length ? 'Every connection is as the policy demands' : 'No connection yet'}>
        <p>${data.length ? html`<a href="#/encryption?show=all">Show all ${data.length}</a>` : 'The first connection of a governed workload shows up here.'}</p><//>`}
    <//>`;
}

function Line({ line }) {
  const [look, word] = OUTCOMES[line.outcome] ?? ['plain', line.outcome];
  return html`<li class="row connection">
    <span class=${`chip ${look}`}><i></i>${word}</span>
    <span class="what"><b><${Text} of=${line.workload} /></b> to <code><${Text} of=${line.target} /></code>
      ${' '}<code class=${line.tls === 'plaintext' ? 'quiet' : 'secure'}><${Text} of=${line.tls} /></code></span>
    <span class="quiet">${plural(line.count, 'connection')}</span>
    <span class="when"><${Ago} at=${line.at} /></span>
    ${line.fix && html`<p class="reason fix"><${Text} of=${line.fix} />
      ${line.callSite && html`<span class="quiet"> Opened at <code><${Text} of=${line.callSite} /></code></span>`}</p>`}</li>`;
}
