// Text from workloads is hostile. It is never markup (the view library makes text nodes), and it must not look like something
// else either: control, bidirectional and zero-width characters are shown by their code instead of being obeyed, so that the
// statement an approver reads is the statement that runs.

const INVISIBLE = new RegExp(
  '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f'
  + '\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb]|[\\u{e0000}-\\u{e0fff}]', 'gu');

const code = (character) => 'U+' + character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');

/** The pieces of a text: {text} as it is, {hidden} for a character that would not be seen. */
export function pieces(value) {
  const text = asText(value);
  const found = [];
  let from = 0;
  for (const match of text.matchAll(INVISIBLE)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ hidden: code(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

/** The same as one string, for titles and notifications. */
export const plain = (value) => pieces(value).map((piece) => piece.text ?? `⟨${piece.hidden}⟩`).join('');

export function asText(value) {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const whole = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const count = (n) => whole.format(Number(n) || 0);
export const short = (n) => ((Number(n) || 0) < 10000 ? count(n) : compact.format(n));
export const plural = (n, one, many = one + 's') => `${count(n)} ${Number(n) === 1 ? one : many}`;

/** A target's last part, as people call it: {@code orders} of {@code jdbc:postgresql://db.internal:5432/orders}. */
export function targetName(target) {
  const text = asText(target);
  const url = text.replace(/^jdbc:[a-z0-9]+:/i, '').split(/[?;]/)[0];
  const host = url.match(/^(?:[a-z0-9+.-]+:)?\/\/([^/]*)(\/.*)?$/i);
  if (!host) return text;
  const path = (host[2] ?? '').replace(/^\/+|\/+$/g, '');
  return text.startsWith('jdbc:') && path ? path : host[1] || text;
}
