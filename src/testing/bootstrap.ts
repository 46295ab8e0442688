/** The entry of the script that a local Genesys Cloud serves as `genesys.min.js`; whoever serves it calls the function. */
export { bootMessenger } from './messenger.js';
