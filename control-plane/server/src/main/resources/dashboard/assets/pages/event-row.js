// One line of the record. The whole line is a link to its detail.
import { html } from '../core/view.js';
import { href } from '../core/router.js';
import { count, targetName } from '../core/text.js';
import { EventMark } from '../ui/chip.js';
import { Clock, Text } from '../ui/text.js';

export function EventRow({ event, query, current }) {
  const names = [...(event.rules ?? []).map((name) => [name, 'rule']), ...(event.masked ?? []).map((name) => [name, 'mask']), ...(event.persons ?? []).map((name) => [name, 'person'])];
  return html`
    <li><a class=${current ? 'event current' : 'event'} href=${href('events', event.id, query)} data-id=${event.id}>
      <span class="when"><${Clock} at=${event.at} /></span>
      <span class="mark-cell"><${EventMark} event=${event} /></span>
      <span class="who"><${Text} of=${event.workload?.name} /></span>
      <span class="what">${title(event)}<code><${Text} of=${event.error || event.detail} /></code></span>
      <span class="where"><${Text} of=${targetName(event.target)} /></span>
      <span class="num">${event.rows >= 0 ? html`${count(event.rows)}<span class="unit"> rows</span>` : ''}</span>
      <span class="names">${names.map(([name, kind]) => html`<span class=${`name ${kind}`} key=${kind + name}><${Text} of=${name} /></span>`)}
        ${event.wouldHave && html`<span class="name would">would ${event.wouldHave === 'deny' ? 'refuse' : event.wouldHave === 'hold' ? 'hold' : html`<${Text} of=${event.wouldHave} />`}</span>`}</span>
    </a></li>`;
}

// A statement starts with its verb and a request line with its method: no need to say it twice.
function title(event) {
  const shown = String(event.error || event.detail || '').toLowerCase();
  const summary = String(event.summary ?? '');
  return summary && !shown.startsWith(summary.toLowerCase()) ? html`<b><${Text} of=${summary} /></b> ` : '';
}
