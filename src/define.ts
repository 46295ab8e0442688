/** The entry of the file that people paste: defines the element. */
import { GenesysAuthMessenger } from './element/element.js';

GenesysAuthMessenger.define();
