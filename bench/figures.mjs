// Every figure that `npm run bench` takes.
import { measureAlternatives } from './alternatives.mjs';
import { measureCallback } from './callback.mjs';
import { measureClick } from './click.mjs';
import { measureLeaks } from './leaks.mjs';
import { measureMany } from './many.mjs';
import { measureNodes } from './nodes.mjs';
import { measurePopup } from './popup.mjs';
import { measureSilent } from './silent.mjs';
import { measureSizes } from './sizes.mjs';
import { measureStart, measureTasks } from './start.mjs';

/**
 * @type {Record<string, {
 *   about: string,
 *   measure: (setting: import('./measure.mjs').Setting) => Promise<import('./measure.mjs').Figure[]>,
 * }>}
 */
export const figures = {
  sizes: { about: 'The files that a page loads', measure: measureSizes },
  start: { about: 'The start, until the button is there', measure: measureStart },
  tasks: { about: 'Whether the start holds the page up', measure: measureTasks },
  click: { about: 'From the click to the provider', measure: measureClick },
  callback: { about: 'From the provider to the chat', measure: measureCallback },
  silent: { about: 'Signing in without a click', measure: measureSilent },
  popup: { about: 'The click that opens a popup', measure: measurePopup },
  nodes: { about: 'What the page around pays', measure: measureNodes },
  many: { about: 'A thousand elements in a page', measure: measureMany },
  leaks: { about: 'What elements leave behind', measure: measureLeaks },
  alternatives: { about: 'What a brand would otherwise use', measure: measureAlternatives },
};
