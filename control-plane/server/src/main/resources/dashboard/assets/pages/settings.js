import { html } from '../core/view.js';
export function Settings() { return html`<div class="page"><h1>Settings</h1></div>`; }
