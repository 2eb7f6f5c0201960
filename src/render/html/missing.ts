import type { Part } from '../../models/report.js';
import { markup, type SafeHtml } from './markup.js';

/** In place of a part of the report: why there is none, and what brings it. */
export const missing = ({ reason, fix }: Extract<Part<unknown>, { known: false }>): SafeHtml =>
  markup`<p class="missing">${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}. ${fix}</p>`;
