/** The entry of the file that people paste: defines the element, and sets it where it was pasted in another form. */
import { GenesysAuthMessenger } from './element/element.js';
import { adoptPasted } from './element/paste.js';

if (GenesysAuthMessenger.define()) adoptPasted(document);
