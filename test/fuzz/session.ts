/** Whatever happens to a session, in whatever order: the model of the session, for longer than the unit tests play it. */
export { property } from '../unit/session/model/model.js';
