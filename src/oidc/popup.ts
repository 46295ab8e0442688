import { attempt } from '../attempt.js';
import { key } from '../names.js';

/** Only in a popup's own sessionStorage: this window was opened for a sign-in. */
export const popupKey = key('popup');

/**
 * Opens the sign-in window, empty and centred over the page; the browser keeps it on the screen. Call it synchronously in
 * the click: anything later is blocked by browsers. Part of the pasted file, because the rest of this room may still be loading
 * then. Nothing in it is touched here: a browser makes the inside of a window when it is needed, which takes a while.
 *
 * @returns null when the browser blocked it
 */
export function openPopup(window: Window): Window | null {
  const left = window.screenX + window.outerWidth / 2 - 250;
  const top = window.screenY + window.outerHeight / 2 - 360;
  const features = `popup,width=500,height=720,left=${left},top=${top}`;
  // A browser within an app may have none, and a page's own may stumble over the null of a blocked one.
  return attempt(() => window.open('', '_blank', features)) ?? null;
}
