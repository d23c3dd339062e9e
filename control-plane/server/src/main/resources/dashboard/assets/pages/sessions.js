// Sessions: one connection's life of one workload on one target. The list; one of them is a timeline (session.js).
import { html, useEffect, useRef, useState } from '../core/view.js';
import { get } from '../core/api.js';
import { listen } from '../core/stream.js';
import { go, href, replace } from '../core/router.js';
import { count, plural, targetName } from '../core/text.js';
import { Empty, Page, Problem, useLoad } from '../ui/panel.js';
import { State } from '../ui/chip.js';
import { Ago, Text } from '../ui/text.js';
import { Timeline } from './session.js';

const NOTABLE = [['', 'All sessions'], ['refused', 'With refusals'], ['held', 'With holds'], ['masked', 'With masked results'], ['errors', 'With errors']];

export function Sessions({ id, query }) {
  return id ? html`<${Timeline} key=${id} id=${id} />` : html`<${List} query=${query} />`;
}

function List({ query }) {
  const filter = JSON.stringify(query);
  const { data, problem, again, set } = useLoad(() => get('/sessions', { ...query, limit: 100 }), [filter]);
  const [workloads, setWorkloads] = useState([]);
  useEffect(() => { get('/workloads').then(setWorkloads, () => {}); }, []);
  useEffect(() => listen('resync', again), [filter]);
  // A list that was extended is not cut back under the reader's eyes.
  const extended = useRef(false);
  useEffect(() => { extended.current = false; }, [filter]);
  useEffect(() => soon('event', () => extended.current || again()), [filter]);
  const more = () => get('/sessions', { ...query, limit: 100, before: data.next }).then((older) => {
    extended.current = true;
    set({ sessions: [...data.sessions, ...older.sessions], next: older.next });
  });
  const filtered = Object.keys(query).length > 0;
  return html`
    <${Page} title="Sessions" wide lead="What each connection did, from its opening to its end.">
      <${Filter} query=${query} workloads=${workloads} />
      <${Problem} of=${problem} retry=${again} />
      ${data && html`<ul class="rows panel flush" aria-label="Sessions, newest first">${data.sessions.map((one) => html`<${Row} key=${one.id} session=${one} />`)}</ul>`}
      ${data?.sessions.length === 0 && html`<${Empty} title=${filtered ? 'No session matches' : 'No sessions yet'}>
        <p>${filtered ? html`<a href="#/sessions">Clear the filter</a>` : 'The first connection of a governed workload shows up here.'}</p><//>`}
      ${data?.next && html`<p class="more"><button type="button" onClick=${more}>Load older sessions</button></p>`}
    <//>`;
}

function Row({ session }) {
  const marks = [['refused', 'deny', 'refused'], ['held', 'hold', 'held'], ['masked', 'plain', 'masked'], ['errors', 'off', 'errors']];
  return html`<li><a class="row call-session" href=${href('sessions', session.id)} data-id=${session.id}>
    <${State} of=${session.state} />
    <span class="what"><b><${Text} of=${session.workload.name} /></b> on <code title=${session.target}><${Text} of=${targetName(session.target)} /></code></span>
    <span class="quiet">${plural(session.calls, 'call')}</span>
    <span class="names">${marks.filter(([of]) => session[of] > 0).map(([of, look, word]) => html`<span class=${`chip ${look}`} key=${of}><i></i>${count(session[of])} ${word}</span>`)}</span>
    <span class="when"><${Ago} at=${session.lastAt} /></span></a></li>`;
}

function Filter({ query, workloads }) {
  const typing = useRef(null);
  const set = (name, value) => replace('sessions', null, { ...query, [name]: value });
  const typed = ({ target }) => {
    clearTimeout(typing.current);
    typing.current = setTimeout(() => set('q', target.value), 300);
  };
  return html`
    <form class="filter" role="search" aria-label="Filter sessions" onSubmit=${(event) => event.preventDefault()}>
      <input type="search" aria-label="Text in a statement, target or session" placeholder="Search statements, targets, sessions…"
        key=${query.q === undefined ? 'none' : 'some'} defaultValue=${query.q ?? ''} onInput=${typed} autocomplete="off" spellcheck=${false} />
      <select aria-label="What happened" onChange=${({ target }) => set('notable', target.value)}>
        ${NOTABLE.map(([value, label]) => html`<option value=${value} selected=${value === (query.notable ?? '')}>${label}</option>`)}</select>
      <select aria-label="Workload" onChange=${({ target }) => set('workload', target.value)}>
        <option value="" selected=${!query.workload}>Any workload</option>
        ${workloads.map((one) => html`<option value=${one.id} selected=${one.id === query.workload}>${one.name} (${one.host})</option>`)}</select>
      ${Object.keys(query).length > 0 && html`<button type="button" class="quiet-button" onClick=${() => go('sessions')}>Clear filter</button>`}
    </form>`;
}

/** Tells of a topic at most once a second, however much comes in. */
export function soon(topic, then) {
  let timer = null;
  const stop = listen(topic, (data) => {
    timer ??= setTimeout(() => { timer = null; then(data); }, 1000);
  });
  return () => { stop(); clearTimeout(timer); };
}
