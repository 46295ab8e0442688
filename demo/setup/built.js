// The built modules: this folder lies in dist/ when it is used.
export { runChecks } from '../doctor/index.js';
export { describe } from '../explanations.js';
export { regionOf } from '../messenger/regions.js';
export { readConfiguration } from '../session/configuration.js';
