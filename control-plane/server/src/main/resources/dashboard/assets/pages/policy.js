import { html } from '../core/view.js';
export function Policy() { return html`<div class="page"><h1>Policy</h1></div>`; }
