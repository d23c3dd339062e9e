import { html } from '../core/view.js';
export function Workloads() { return html`<div class="page"><h1>Workloads</h1></div>`; }
