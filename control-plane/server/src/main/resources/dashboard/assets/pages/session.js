// One session as a timeline: what it did in order, replayed at a speed of one's choice, followed live, searched, stopped.
import { html, useEffect, useMemo, useRef, useState } from '../core/view.js';
import { get, post } from '../core/api.js';
import { listen } from '../core/stream.js';
import { href } from '../core/router.js';
import { may } from '../core/session.js';
import { count, plural, targetName } from '../core/text.js';
import { stopwatch } from '../core/clock.js';
import { Dialog } from '../ui/dialog.js';
import { Field, useAction } from '../ui/form.js';
import { EventMark, Names, State } from '../ui/chip.js';
import { Facts, Page, Problem, useLoad } from '../ui/panel.js';
import { Ago, Clock, Code, Text } from '../ui/text.js';
import { VerifyButton } from './verify.js';

const SPEEDS = [1, 4, 16, 64];
/** Nobody watches a connection sleep: longer pauses are cut to this. */
const LONGEST_PAUSE = 2000;

export function Timeline({ id }) {
  const { data: session, problem, again } = useLoad(() => get(`/sessions/${encodeURIComponent(id)}`), [id]);
  const { events, failed, complete } = useEvents(id, session);
  const [text, setText] = useState('');
  const [stopping, setStopping] = useState(false);
  const play = usePlayer(events);
  useEffect(() => {
    if (!session) return undefined;
    const stops = [
      listen('event', (event) => event.session === session.session && event.workload?.id === session.workload.id && again()),
      listen('resync', again),
    ];
    return () => stops.forEach((stop) => stop());
  }, [session?.session]);

  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return events.map((event, i) => ({ event, i }))
      .filter(({ event, i }) => i < play.until && (!wanted || JSON.stringify(event).toLowerCase().includes(wanted)));
  }, [events, text, play.until]);
  if (!session) return html`<${Page} title="Session"><${Problem} of=${problem} retry=${again} />${!problem && html`<p class="quiet">Loading…</p>`}<//>`;
  const over = session.state === 'closed' || session.state === 'stopped';
  const actions = html`<${VerifyButton} workload=${session.workload} />
    ${!over && may('admin') && html`<button type="button" class="danger" onClick=${() => setStopping(true)}>Stop session</button>`}`;
  return html`
    <${Page} title="Session" wide actions=${actions}>
      <p class="event-title"><${State} of=${session.state} /> <b><a href=${href('workloads', session.workload.id)}><${Text} of=${session.workload.name} /></a></b>
        on <code><${Text} of=${session.target} /></code></p>
      <${Facts} of=${[
        ['Opened', html`<${Ago} at=${session.openedAt} />`],
        ['Last event', html`<${Ago} at=${session.lastAt} />`],
        ['TLS', session.tls && html`<code><${Text} of=${session.tls} /></code>`],
        ['Calls', count(session.calls)],
        ['Refused', session.refused > 0 && count(session.refused)],
        ['Held', session.held > 0 && count(session.held)],
        ['With masks', session.masked > 0 && count(session.masked)],
        ['Stopped', session.stop && html`by <${Text} of=${session.stop.by} />: <${Text} of=${session.stop.reason} />`, true],
        ['Name', html`<code><${Text} of=${session.session} /></code>`],
        ['Export', html`<a href=${`/api/v1/sessions/${session.id}/export?format=jsonl`} download>JSON Lines</a> · <a href=${`/api/v1/sessions/${session.id}/export?format=csv`} download>CSV</a> · <a href=${`/api/v1/sessions/${session.id}/export?format=bundle`} download>Signed bundle</a>`],
      ]} />
      <${Problem} of=${failed} />
      ${events.length > 0 && Date.parse(events[0].at) > Date.parse(session.openedAt)
        && html`<p class="quiet" role="note">The beginning of this session is no longer stored: its retention is over.</p>`}
      <${Controls} play=${play} events=${events} text=${text} onText=${setText} />
      <ol class="timeline" aria-label="Events of this session, oldest first">${shown.map(({ event, i }) => html`<${Entry} key=${event.id} event=${event} current=${i === play.until - 1 && play.replaying} />`)}</ol>
      ${complete && shown.length === 0 && html`<p class="quiet pad">${text ? 'Nothing in this session matches.' : 'Nothing yet.'}</p>`}
      ${stopping && html`<${Stop} session=${session} onClose=${() => setStopping(false)} onDone=${() => { setStopping(false); again(); }} />`}
    <//>`;
}

/**
 * All events of the session, page by page; then what is new, whenever something comes in. Where the server says that the place was deleted where reading had come to, what
 * is left is read from its beginning.
 */
function useEvents(id, session) {
  const [state, setState] = useState({ events: [], failed: null, complete: false });
  const known = useRef([]);
  const busy = useRef(false);
  const missed = useRef(false);
  const page = async () => {
    try {
      return await get(`/sessions/${encodeURIComponent(id)}/events`, { after: known.current.at(-1)?.id ?? 0, limit: 500 });
    } catch (failed) {
      if (failed.status !== 410 || known.current.length === 0) throw failed;
      known.current = [];
      return page();
    }
  };
  const read = async () => {
    // What comes in while a page is on its way may not be on it.
    missed.current = true;
    if (busy.current) return;
    busy.current = true;
    try {
      for (let next = true; next || missed.current;) {
        missed.current = false;
        const answer = await page();
        known.current = [...known.current, ...answer.events];
        next = answer.next !== null;
        setState({ events: known.current, failed: null, complete: !next });
      }
    } catch (failed) {
      setState((old) => ({ ...old, failed }));
    } finally {
      busy.current = false;
    }
  };
  useEffect(() => { read(); }, [id, session?.lastAt, session?.calls, session?.state]);
  return state;
}

/** Which events are shown: all, or those up to a moment that moves on. */
function usePlayer(events) {
  const [at, setAt] = useState(null);
  const [speed, setSpeed] = useState(4);
  const [playing, setPlaying] = useState(false);
  const until = at === null ? events.length : at;
  useEffect(() => {
    if (!playing || at === null) return undefined;
    if (at >= events.length) {
      setPlaying(false);
      return undefined;
    }
    const pause = at === 0 ? 0 : Date.parse(events[at].at) - Date.parse(events[at - 1].at);
    const timer = setTimeout(() => setAt(at + 1), Math.min(LONGEST_PAUSE, Math.max(0, pause)) / speed);
    return () => clearTimeout(timer);
  }, [playing, at, speed, events.length]);
  return {
    until, speed, setSpeed, playing, replaying: at !== null, seek: (n) => setAt(n),
    toggle: () => {
      if (!playing && (at === null || at >= events.length)) setAt(0);
      setPlaying(!playing);
    },
    all: () => { setPlaying(false); setAt(null); },
  };
}

const notable = (event) => ['deny', 'hold', 'rewrite'].includes(event.verdict) || ['ALARM', 'ERROR', 'HOLD', 'OUTCOME'].includes(event.type);

function Controls({ play, events, text, onText }) {
  const elapsed = events.length && play.until > 0 ? Date.parse(events[play.until - 1].at) - Date.parse(events[0].at) : 0;
  const jump = (step) => {
    const from = play.until - 1;
    for (let i = from + step; i >= 0 && i < events.length; i += step) {
      if (notable(events[i])) return play.seek(i + 1);
    }
    return undefined;
  };
  return html`
    <div class="filter replay" role="toolbar" aria-label="Replay">
      <button type="button" onClick=${play.toggle} disabled=${events.length === 0}>${play.playing ? 'Pause' : 'Replay'}</button>
      <select aria-label="Speed" onChange=${({ target }) => play.setSpeed(Number(target.value))}>
        ${SPEEDS.map((speed) => html`<option value=${speed} selected=${speed === play.speed}>${speed}×</option>`)}</select>
      <input type="range" min="0" max=${events.length} value=${play.until} aria-label="Position" onInput=${({ target }) => play.seek(Number(target.value))} />
      <span class="quiet">${stopwatch(elapsed)} · ${count(play.until)} of ${plural(events.length, 'event')}</span>
      <button type="button" onClick=${() => jump(-1)}>Previous verdict</button>
      <button type="button" onClick=${() => jump(1)}>Next verdict</button>
      ${play.replaying && html`<button type="button" class="quiet-button" onClick=${play.all}>Show all</button>`}
      <input type="search" aria-label="Search in this session" placeholder="Search in this session…" value=${text} onInput=${({ target }) => onText(target.value)} spellcheck=${false} />
    </div>`;
}

function Entry({ event, current }) {
  const line = useRef(null);
  useEffect(() => { if (current) line.current?.scrollIntoView({ block: 'nearest' }); }, [current]);
  const facts = [
    event.user && html`for <${Text} of=${event.user} />`,
    event.rows >= 0 && plural(event.rows, event.type === 'COUNT' ? 'call' : 'row'),
    event.bytes !== undefined && event.bytes !== null && size(event.bytes),
    event.micros >= 0 && duration(event.micros),
    event.callSite && html`<code><${Text} of=${event.callSite} /></code>`,
    event.persons?.length > 0 && html`by <${Names} of=${event.persons} />`,
    event.reason && html`<${Text} of=${event.reason} />`,
    event.tls && html`<code><${Text} of=${event.tls} /></code>`,
  ].filter(Boolean);
  const names = [...(event.rules ?? []), ...(event.masked ?? []).filter((rule) => !event.cells?.[rule])];
  const statement = ['RESULT', 'COUNT', 'CLOSE'].includes(event.type) ? null : event.error || event.detail;
  return html`
    <li ref=${line} class=${current ? 'current' : ''} data-type=${event.type} data-id=${event.id}>
      <span class="when"><${Clock} at=${event.at} /></span>
      <span class="mark-cell"><${EventMark} event=${event} /></span>
      <div class="entry">
        ${statement && html`<${Code} of=${statement} label="Statement or request" />`}
        ${event.values && html`<${Code} of=${event.values} label="Values" />`}
        ${event.sample && html`<${Code} of=${event.sample} label="As the caller saw it" />`}
        ${facts.length > 0 && html`<p class="quiet">${facts.map((fact, i) => html`${i > 0 ? ' · ' : ''}${fact}`)}</p>`}
        ${names.length > 0 && html`<p><${Names} of=${names} /></p>`}
        ${event.cells && html`<p>${Object.entries(event.cells).map(([rule, cells]) => html`<span class="chip plain" key=${rule}><i></i><${Text} of=${rule} />: ${plural(cells, 'cell')} masked</span> `)}</p>`}
      </div>
    </li>`;
}

const size = (bytes) => (bytes < 1024 ? plural(bytes, 'byte') : bytes < 1 << 20 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`);
const duration = (micros) => (micros < 1000 ? `${micros} µs` : micros < 1e6 ? `${(micros / 1000).toFixed(1)} ms` : `${(micros / 1e6).toFixed(2)} s`);

function Stop({ session, onClose, onDone }) {
  const { busy, problem, run } = useAction();
  const reason = useRef(null);
  const submit = async (event) => {
    event.preventDefault();
    if (await run(() => post(`/sessions/${session.id}/stop`, { reason: reason.current.value.trim() }))) onDone();
  };
  return html`<${Dialog} title="Stop this session" onClose=${onClose}>
    <p>Whatever <b><${Text} of=${session.workload.name} /></b> still sends to <code><${Text} of=${targetName(session.target)} /></code> in this session is refused.
      A call that the target is working on goes on; a new connection is a new session.</p>
    <form class="stack" onSubmit=${submit}>
      <${Field} label="Reason"><input ref=${reason} required autocomplete="off" /><//>
      <${Problem} of=${problem} />
      <div class="buttons"><button class="danger" disabled=${busy}>Stop session</button></div></form><//>`;
}
