// The record: newest first, live at the top, filtered by the server for what is stored and by the same rules here for what comes in.
import { html, useEffect, useRef, useState } from '../core/view.js';
import { get } from '../core/api.js';
import { listen } from '../core/stream.js';
import { href, go, replace } from '../core/router.js';
import { plural } from '../core/text.js';
import { matches } from '../core/event-filter.js';
import { Empty, Page, Problem } from '../ui/panel.js';
import { EventRow } from './event-row.js';
import { EventDetail } from './event-detail.js';

const VERDICTS = [['', 'Any verdict'], ['deny', 'Refused'], ['hold', 'Held'], ['allow', 'Allowed'], ['rewrite', 'Rewritten']];
const TYPES = ['OPEN', 'DECISION', 'HOLD', 'OUTCOME', 'RESULT', 'ERROR', 'TRANSACTION', 'COUNT', 'CLOSE', 'ALARM'];
const PAGE = 100;
const KEPT = 1000;

export function Events({ id, query }) {
  const filter = JSON.stringify(query);
  const [list, setList] = useState({ events: [], next: null, loaded: false });
  const [problem, setProblem] = useState(null);
  const [fresh, setFresh] = useState([]);
  const [live, setLive] = useState(true);
  const [workloads, setWorkloads] = useState([]);
  const top = useRef(null);
  const following = useRef(true);
  following.current = live && !id;

  // What comes in while a list is on its way is not in that list.
  const meanwhile = useRef([]);
  const turn = useRef(0);
  const read = () => {
    const mine = ++turn.current;
    meanwhile.current = [];
    setFresh([]);
    return get('/events', { ...query, limit: PAGE }).then(
      (answer) => {
        if (mine !== turn.current) return;
        setProblem(null);
        setList({ ...inFront(meanwhile.current, answer), loaded: true });
      },
      (failed) => { if (mine === turn.current) setProblem(failed); setList((old) => ({ ...old, loaded: true })); });
  };
  useEffect(() => { read(); }, [filter]);
  useEffect(() => listen('resync', read), [filter]);
  useEffect(() => { get('/workloads').then(setWorkloads, () => {}); }, []);
  useEffect(() => collect((batch) => {
    const wanted = batch.filter((event) => matches(event, query)).reverse();
    if (!wanted.length) return;
    meanwhile.current = join(wanted, meanwhile.current);
    if (following.current && atTop()) setList((old) => inFront(wanted, old));
    else setFresh((old) => join(wanted, old).slice(0, KEPT));
  }), [filter]);

  const showFresh = () => {
    setList((old) => inFront(fresh, old));
    setFresh([]);
    window.scrollTo({ top: 0 });
    top.current?.focus();
  };
  const more = () => get('/events', { ...query, limit: PAGE, before: list.events.at(-1).id }).then(
    (answer) => setList((old) => ({ next: answer.next, loaded: true, events: join(answer.events, old.events) })),
    setProblem);
  const filtered = Object.keys(query).length > 0;
  const toggle = html`<button type="button" aria-pressed=${live} class="toggle" onClick=${() => { setLive(!live); if (!live) showFresh(); }}>
    <i></i>${live ? 'Following' : 'Paused'}</button>`;

  return html`
    <${Page} title="Events" wide actions=${toggle}>
      <${Filter} query=${query} workloads=${workloads} />
      <${Problem} of=${problem} retry=${read} />
      <div class="log" tabindex="-1" ref=${top} role="region" aria-label="Events, newest first" onKeyDown=${moveBetweenRows}>
        ${fresh.length > 0 && html`<button type="button" class="fresh" onClick=${showFresh}>${plural(fresh.length, 'new event')}</button>`}
        ${list.events.length > 0 && html`<div class="log-head" aria-hidden="true">
          <span>Time</span><span>Verdict</span><span>Workload</span><span>What</span><span>Target</span><span class="num">Rows</span><span>Rules and masks</span></div>`}
        <ol>${list.events.map((event) => html`<${EventRow} key=${event.id} event=${event} query=${query} current=${String(event.id) === id} />`)}</ol>
        ${list.loaded && !problem && list.events.length === 0 && html`<${Nothing} filtered=${filtered} />`}
        ${!list.loaded && html`<p class="quiet pad">Loading…</p>`}
      </div>
      ${list.next !== null && list.next !== undefined && list.events.length > 0 && html`<p class="more"><button type="button" onClick=${more}>Load older events</button></p>`}
      ${id && html`<${EventDetail} key=${id} id=${id} known=${list.events.find((event) => String(event.id) === id)}
        onClose=${() => go('events', null, query)} />`}
    <//>`;
}

function Filter({ query, workloads }) {
  const set = (name, value) => replace('events', null, { ...query, [name]: value });
  const typing = useRef(null);
  const typed = (event) => {
    const { value } = event.target;
    clearTimeout(typing.current);
    typing.current = setTimeout(() => set('q', value), 250);
  };
  const known = workloads.some((one) => one.id === query.workload);
  return html`
    <form class="filter" role="search" aria-label="Filter events" onSubmit=${(event) => event.preventDefault()}>
      <input type="search" name="q" aria-label="Text in statement, call site or target" placeholder="Search statements, call sites, rules…" key=${query.q === undefined ? 'none' : 'some'}
        defaultValue=${query.q ?? ''} onInput=${typed} autocomplete="off" spellcheck=${false} />
      <select name="verdict" aria-label="Verdict" value=${query.verdict ?? ''} onChange=${(event) => set('verdict', event.target.value)}>
        ${VERDICTS.map(([value, label]) => html`<option value=${value} selected=${value === (query.verdict ?? '')}>${label}</option>`)}</select>
      <select name="type" aria-label="Type" value=${query.type ?? ''} onChange=${(event) => set('type', event.target.value)}>
        <option value="" selected=${!query.type}>Any type</option>
        ${TYPES.map((type) => html`<option value=${type} selected=${type === query.type}>${type[0] + type.slice(1).toLowerCase()}</option>`)}</select>
      <select name="workload" aria-label="Workload" value=${query.workload ?? ''} onChange=${(event) => set('workload', event.target.value)}>
        <option value="" selected=${!query.workload}>Any workload</option>
        ${query.workload && !known && html`<option value=${query.workload} selected>${query.workload}</option>`}
        ${workloads.map((one) => html`<option value=${one.id} selected=${one.id === query.workload}>${one.name} (${one.host})</option>`)}</select>
      <label class="check"><input type="checkbox" checked=${Boolean(query.firstSince)} onChange=${({ target }) => set('firstSince', target.checked ? midnight() : '')} /><span>First seen today</span></label>
      ${Object.keys(query).length > 0 && html`<button type="button" class="quiet-button" onClick=${() => go('events')}>Clear filter</button>`}
    </form>`;
}

/** When the reader's day began. */
const midnight = () => new Date(new Date().setHours(0, 0, 0, 0)).toISOString();

function Nothing({ filtered }) {
  if (filtered) return html`<${Empty} title="No event matches"><p>Nothing that is stored fits this filter. <a href="#/events">Clear the filter</a></p><//>`;
  return html`<${Empty} title="No events yet"><p>Every governed call of a connected workload is recorded here, live.
    <a href="#/workloads">Connect a workload</a> to see the first ones.</p><//>`;
}

function moveBetweenRows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches('.event')) return;
  const rows = [...event.currentTarget.querySelectorAll('.event')];
  rows[rows.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}

const atTop = () => window.scrollY < 60;

/** Newest first, each once. */
function join(some, others) {
  const known = new Set(some.map((event) => event.id));
  return [...some, ...others.filter((event) => !known.has(event.id))].sort((a, b) => b.id - a.id);
}

/** New events in front of a list, and not more than the page can bear: what falls off the end can be loaded again. */
function inFront(fresh, list) {
  const events = join(fresh, list.events);
  if (events.length <= KEPT) return { ...list, events };
  return { ...list, events: events.slice(0, KEPT), next: events[KEPT - 1].id };
}

/** Hands over what came in four times a second, so that a busy fleet does not mean a redraw per event. */
function collect(take) {
  let batch = [];
  const stop = listen('event', (event) => batch.length < KEPT && batch.push(event));
  const timer = setInterval(() => {
    if (!batch.length) return;
    const full = batch;
    batch = [];
    take(full);
  }, 250);
  return () => { stop(); clearInterval(timer); };
}
