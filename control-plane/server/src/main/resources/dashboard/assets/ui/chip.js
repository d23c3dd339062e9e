// Small labels: verdicts, states, names. Colour never stands alone; the word is always there.
import { html } from '../core/view.js';
import { Text } from './text.js';

const VERDICTS = { allow: 'allowed', deny: 'refused', hold: 'held', rewrite: 'rewritten' };

export function Verdict({ of }) {
  if (!of) return null;
  const known = Object.hasOwn(VERDICTS, of);
  return html`<span class=${`chip ${known ? of : ''}`}><i></i>${known ? VERDICTS[of] : html`<${Text} of=${of} />`}</span>`;
}

const STATES = {
  waiting: 'hold', approved: 'allow', refused: 'deny', expired: 'off', withdrawn: 'off',
  connected: 'allow', away: 'off', revoked: 'deny', open: 'allow', idle: 'off', closed: 'off', stopped: 'deny',
  WOVEN: 'allow', WOVEN_UNPROVEN: 'hold', REFUSED: 'deny', UNMEDIATED: 'hold', TARGET: 'off', enforce: 'allow', observe: 'hold',
};

const WORDS = { WOVEN: 'woven', WOVEN_UNPROVEN: 'woven, unproven', REFUSED: 'refused', UNMEDIATED: 'unmediated', TARGET: 'connections' };

export function State({ of }) {
  const known = Object.hasOwn(STATES, of ?? '');
  return html`<span class=${`chip ${known ? STATES[of] : ''}`}><i></i><${Text} of=${known ? WORDS[of] ?? of : of} /></span>`;
}

/** What an event's line is marked with: its verdict, else what kind of event it is. */
export function EventMark({ event }) {
  if (event.type === 'ALARM') return html`<span class="chip alarm"><i></i>alarm</span>`;
  if (event.type === 'ERROR') return html`<span class="chip off"><i></i>error</span>`;
  if (event.type === 'HOLD') return html`<span class="chip hold"><i></i>waits</span>`;
  if (event.type === 'OUTCOME' && event.verdict === 'allow') return html`<span class="chip approved"><i></i>approved</span>`;
  if (event.verdict) return html`<${Verdict} of=${event.verdict} />`;
  return html`<span class="chip plain"><${Text} of=${String(event.type ?? '').toLowerCase()} /></span>`;
}

export function Names({ of, kind }) {
  if (!of?.length) return html`<span class="quiet">none</span>`;
  return html`<span class="names">${of.map((name) => html`<span class=${`name ${kind ?? ''}`} key=${name}><${Text} of=${name} /></span>`)}</span>`;
}
