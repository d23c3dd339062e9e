import { html } from '../core/view.js';
export function Audit() { return html`<div class="page"><h1>Audit</h1></div>`; }
