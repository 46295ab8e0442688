/** Explains what is wrong: a part of its own, loaded when the element has the attribute `debug`. */
export { type Patient, attend } from './attend.js';
export type { Check, CheckId, Result } from './check.js';
export { hideDoctor, showDoctor } from './panel.js';
export { type DoctorInput, type Seams, runChecks } from './run.js';
export { type TraceEntry, redact } from './trace.js';
