// The page is in the fragment (#/events?verdict=deny), so that a link, the back button and a reload all lead to the same place.
import { cell } from './cell.js';

export const route = cell(parse());
window.addEventListener('hashchange', () => route.set(parse()));

function parse() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [page, ...rest] = path.split('/').map(decode);
  return { page: page || 'overview', id: rest[0] || null, query: Object.fromEntries(new URLSearchParams(query ?? '')) };
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const given = (value) => value !== undefined && value !== null && value !== '';

export function href(page, id, query) {
  const kept = Object.entries(query ?? {}).filter(([, value]) => given(value));
  const path = [page, id].filter(given).map((part) => encodeURIComponent(part)).join('/');
  return `#/${path}${kept.length ? '?' + new URLSearchParams(kept) : ''}`;
}

const PLACE = 'sallyport.place';

/** Before leaving for an identity provider, whose way back leads to the front page. */
export const leave = () => sessionStorage.setItem(PLACE, location.hash);

/** Back where the person was. */
export function comeBack() {
  const place = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (place && !location.hash) location.hash = place;
}

export function go(page, id, query) {
  location.hash = href(page, id, query);
}

/** Changes the address without a step in the history: for filters. */
export function replace(page, id, query) {
  history.replaceState(null, '', href(page, id, query));
  route.set(parse());
}
