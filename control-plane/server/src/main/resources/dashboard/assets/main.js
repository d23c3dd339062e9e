// Entry point: puts the application on the page.
import { html, render } from './core/view.js';
import { App } from './shell.js';

const root = document.getElementById('app');
root.textContent = '';
render(html`<${App} />`, root);
