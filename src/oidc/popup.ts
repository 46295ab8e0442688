/**
 * Opens the sign-in window, empty and centred over the page; the browser keeps it on the screen. Call it synchronously in
 * the click: anything later is blocked by browsers. Its opener is cut, so that no page in it can navigate this one (reverse
 * tabnabbing); the answer comes over a channel (report.ts). Part of the pasted file, because the rest of this room may
 * still be loading then.
 *
 * @returns null when the browser blocked it
 */
export function openPopup(window: Window): Window | null {
  const left = window.screenX + window.outerWidth / 2 - 250;
  const top = window.screenY + window.outerHeight / 2 - 360;
  const popup = window.open('', '_blank', `popup,width=500,height=720,left=${left},top=${top}`);
  if (popup) popup.opener = null;
  return popup;
}
