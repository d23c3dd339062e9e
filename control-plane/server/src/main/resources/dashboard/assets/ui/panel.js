// The pieces every page is made of: its header, sections, fact lists, empty states, problems, and a way to load.
import { html, useCallback, useEffect, useRef, useState } from '../core/view.js';

export function Page({ title, lead, actions, children, wide }) {
  const heading = useRef(null);
  useEffect(() => {
    if (document.activeElement?.closest('nav')) heading.current?.focus({ preventScroll: true });
  }, []);
  return html`
    <div class=${wide ? 'page wide' : 'page'}>
      <header class="page-head">
        <div><h1 tabindex="-1" ref=${heading}>${title}</h1>${lead && html`<p class="lead">${lead}</p>`}</div>
        ${actions && html`<div class="actions">${actions}</div>`}
      </header>
      ${children}
    </div>`;
}

export function Section({ title, note, actions, children, flush }) {
  return html`
    <section class=${flush ? 'panel flush' : 'panel'} aria-label=${title}>
      <header><h2>${title}</h2>${note && html`<span class="quiet">${note}</span>`}
        ${actions && html`<div class="actions">${actions}</div>`}</header>
      ${children}
    </section>`;
}

const given = (value) => value !== null && value !== undefined && value !== '' && value !== false;

/** A list of facts, [name, value, wide?]; a fact without a value is left out. */
export function Facts({ of }) {
  return html`<dl class="facts">${of.filter((fact) => fact && given(fact[1])).map(([name, value, wide]) => html`
    <div key=${name} class=${wide ? 'wide' : ''}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function Empty({ title, children }) {
  return html`<div class="empty"><p class="empty-title">${title}</p><div>${children}</div></div>`;
}

/** What went wrong, and a way to try again. */
export function Problem({ of, retry }) {
  if (!of) return null;
  return html`<div class="problem" role="alert">
    <p>${of.message}</p>
    ${of.details?.length > 0 && html`<ul>${of.details.map((detail) => html`<li>${describe(detail)}</li>`)}</ul>`}
    ${retry && html`<button type="button" onClick=${retry}>Try again</button>`}
  </div>`;
}

function describe(detail) {
  if (detail === null || typeof detail !== 'object') return String(detail);
  return [detail.line ? `line ${detail.line}` : '', detail.path, detail.reason].filter(Boolean).join(': ');
}

/**
 * Reads something when the page opens and whenever `again` is called. An older answer never overwrites a newer one.
 * @returns {{data, problem, again, set}}
 */
export function useLoad(read, inputs = []) {
  const [state, setState] = useState({ data: null, problem: null });
  const latest = useRef(0);
  const again = useCallback(() => {
    const turn = ++latest.current;
    return read().then(
      (data) => turn === latest.current && setState({ data, problem: null }),
      (problem) => turn === latest.current && setState((old) => ({ data: old.data, problem })));
  }, inputs);
  useEffect(() => {
    again();
    return () => { latest.current++; };
  }, [again]);
  return { ...state, again, set: (data) => setState({ data, problem: null }) };
}
