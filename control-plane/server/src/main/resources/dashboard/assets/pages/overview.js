import { html } from '../core/view.js';
export function Overview() { return html`<div class="page"><h1>Overview</h1></div>`; }
