/** The entry of the script that stands in for `genesys.min.js`; whoever serves it calls `bootMessenger(window)` after it. */
export { bootMessenger as default } from './messenger.js';
