// The browser's own modal dialog: focus is trapped and given back, Escape closes.
import { html, useEffect, useRef } from '../core/view.js';

export function Dialog({ title, onClose, children, side, large, required }) {
  const element = useRef(null);
  useEffect(() => {
    const before = document.activeElement;
    element.current.showModal();
    return () => before?.isConnected && before.focus?.();
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    if (!required) onClose();
  };
  const outside = (event) => event.target === element.current && !required && onClose();
  return html`
    <dialog ref=${element} class=${side ? 'side' : large ? 'large' : ''} aria-label=${title} onCancel=${cancel} onMouseDown=${outside}>
      <div class="dialog-body">
        <header class="dialog-head"><h2>${title}</h2>
          ${!required && html`<button type="button" class="quiet-button" onClick=${onClose}>Close</button>`}</header>
        ${children}
      </div>
    </dialog>`;
}
