// Line icons, drawn for a 20 × 20 grid. Decorative: the word beside them carries the meaning.
import { html } from '../core/view.js';

const PATHS = {
  overview: 'M3 10.5h3.2l2-5.5 3.6 10 2-4.5H17',
  approvals: 'M6.5 8V6a3.5 3.5 0 0 1 7 0v2M4.5 8h11v8.5h-11zM10 11.5v2',
  events: 'M3.5 5h2M3.5 10h2M3.5 15h2M8.5 5h8M8.5 10h8M8.5 15h5',
  sessions: 'M4 10h2M14 10h2M10 4v2M10 14v2M6 10a4 4 0 1 1 8 0 4 4 0 0 1-8 0zM9 8.3v3.4l2.8-1.7z',
  workloads: 'M3 4h14v5H3zM3 11h14v5H3zM6 6.5h.01M6 13.5h.01M9 6.5h5M9 13.5h5',
  encryption: 'M2 11h4M14 11h4M6 8.5h8v6H6zM8 8.5V7a2 2 0 0 1 4 0v1.5',
  policy: 'M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5.5M7.5 13.5h4',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  audit: 'M10 3.5l5.5 2v4.2c0 3.4-2.3 5.8-5.5 6.8-3.2-1-5.5-3.4-5.5-6.8V5.5zM7.5 10l1.8 1.8 3.4-3.6',
  more: 'M4 10h.01M10 10h.01M16 10h.01',
  check: 'M4 10.5l4 4 8-9',
  bell: 'M5.5 14V9a4.5 4.5 0 0 1 9 0v5l1.3 1.2H4.2zM8.5 17h3',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  out: 'M8 4H4v12h4M8.5 10H17M14 7l3 3-3 3',
};

export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
    <path d=${PATHS[name]} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
  </svg>`;
}

export function Mark() {
  return html`<svg class="mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" focusable="false">
    <rect class="mark-ground" width="32" height="32" rx="7" />
    <path class="mark-gate" d="M7 26V14a9 9 0 0 1 18 0v12h-5V14.5a4 4 0 0 0-8 0V26z" />
    <path class="mark-door" d="M16 17.5v8.5" />
  </svg>`;
}
