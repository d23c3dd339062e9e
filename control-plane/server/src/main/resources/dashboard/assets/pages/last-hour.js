// Sixty minutes in three lanes. Each lane has its own scale, because one refused call among a thousand allowed ones is what a
// reader looks for, and a shared scale would hide it.
import { html, useState } from '../core/view.js';
import { count, plural } from '../core/text.js';

const LANES = [['allow', 'Allowed'], ['hold', 'Held'], ['deny', 'Refused']];
const HEIGHT = 34;
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const minuteOf = (point) => clock.format(new Date(point.minute));

export function LastHour({ minutes }) {
  const [at, setAt] = useState(null);
  if (!minutes?.length) return html`<p class="quiet">No call in the last hour.</p>`;
  const point = minutes[at];
  const move = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    setAt(Math.min(minutes.length - 1, Math.max(0, Math.floor((event.clientX - box.left) / box.width * minutes.length))));
  };
  return html`
    <figure class="hour">
      ${LANES.map(([key, name]) => html`<${Lane} key=${key} name=${name} kind=${key} values=${minutes.map((minute) => minute[key] ?? 0)}
        at=${at} onMove=${move} onLeave=${() => setAt(null)} />`)}
      <div class="axis" aria-hidden="true"><span>${minuteOf(minutes[0])}</span>
        <span class="read">${point ? `${minuteOf(point)}: ${count(point.allow)} allowed, ${count(point.hold)} held, ${count(point.deny)} refused` : ''}</span>
        <span>${minuteOf(minutes.at(-1))}</span></div>
      <details><summary>As a table</summary><div class="scroll tall"><table>
        <thead><tr><th>Minute</th>${LANES.map(([, name]) => html`<th class="num">${name}</th>`)}</tr></thead>
        <tbody>${[...minutes].reverse().map((minute) => html`<tr key=${minute.minute}><td>${minuteOf(minute)}</td>
          ${LANES.map(([key]) => html`<td class="num">${count(minute[key])}</td>`)}</tr>`)}</tbody></table></div></details>
    </figure>`;
}

function Lane({ name, kind, values, at, onMove, onLeave }) {
  const peak = Math.max(...values);
  const total = values.reduce((sum, value) => sum + value, 0);
  return html`
    <div class=${`lane ${kind}`}>
      <div class="lane-name"><span>${name}</span><b>${count(total)}</b></div>
      <svg viewBox=${`0 0 ${values.length * 10} ${HEIGHT}`} preserveAspectRatio="none" role="img" onMouseMove=${onMove} onMouseLeave=${onLeave}
        aria-label=${`${name}: ${count(total)} in the last hour, at most ${plural(peak, 'call')} a minute`}>
        ${at !== null && html`<rect class="cursor" x=${at * 10} y="0" width="10" height=${HEIGHT} />`}
        ${values.map((value, index) => value > 0 && html`<rect key=${index} x=${index * 10 + 1} width="8"
          y=${HEIGHT - height(value, peak)} height=${height(value, peak)} />`)}
      </svg>
      <span class="peak quiet" title="Most in one minute">${peak ? `${count(peak)}/min` : ''}</span>
    </div>`;
}

const height = (value, peak) => Math.max(2, (value / peak) * HEIGHT);
