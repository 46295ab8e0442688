export { type Check, runChecks } from '../../src/doctor/index.js';
export { describe } from '../../src/explanations.js';
export { regionOf } from '../../src/messenger/regions.js';
export { type Configuration, readConfiguration } from '../../src/session/configuration.js';
