// Data as text: <Text> for anything that a workload said, <Ago> for times, <Code> for statements.
import { html, useEffect, useState } from '../core/view.js';
import { asText, count, pieces } from '../core/text.js';
import { absolute, ago, second, timeOfDay } from '../core/clock.js';

/** Text with its invisible characters made visible. */
export function Text({ of }) {
  return pieces(of).map((piece) => (piece.hidden
    ? html`<span class="hidden-char" title="A character that would not be seen here">${piece.hidden}</span>`
    : piece.text));
}

/** A relative time that counts on by itself; the title has the absolute one. */
export function Ago({ at }) {
  const [text, setText] = useState(ago(at));
  useEffect(() => {
    const update = () => setText(ago(at));
    update();
    return second.subscribe(update);
  }, [at]);
  return at ? html`<time datetime=${asText(at)} title=${absolute(at)}>${text}</time>` : html`<span class="quiet">never</span>`;
}

/** A time of day, for rows of a log; the title has the date and how long ago. */
export function Clock({ at }) {
  return html`<time datetime=${asText(at)} title=${`${absolute(at)} (${ago(at)})`}>${timeOfDay(at)}</time>`;
}

const LONG = 1500;

/** A statement or request, wrapped and complete. A long one is folded, and says how much is out of sight. */
export function Code({ of, label }) {
  const text = asText(of);
  const [open, setOpen] = useState(false);
  const folded = text.length > LONG && !open;
  return html`
    <div class="code" role="group" aria-label=${label}>
      <pre><${Text} of=${folded ? text.slice(0, LONG) : text} /></pre>
      ${folded && html`<button type="button" class="code-more" onClick=${() => setOpen(true)}>
        ${count(text.length - LONG)} more characters: show all</button>`}
    </div>`;
}
