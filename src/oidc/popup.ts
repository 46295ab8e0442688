/**
 * Opens the sign-in window, empty and centred over the page. Call it synchronously in the click: anything later is
 * blocked by browsers. Its opener is cut, so that no page in it can navigate this one (reverse tabnabbing); the answer
 * comes over a channel (report.ts). Part of the pasted file, because the rest of this room may still be loading then.
 *
 * @returns null when the browser blocked it
 */
export function openPopup(window: Window): Window | null {
  const width = Math.min(500, window.outerWidth || 500);
  const height = Math.min(720, window.outerHeight || 720);
  const left = Math.round(window.screenX + (window.outerWidth - width) / 2);
  const top = Math.round(window.screenY + (window.outerHeight - height) / 2);
  const popup = window.open('', '_blank', `popup,width=${width},height=${height},left=${left},top=${top}`);
  if (popup) popup.opener = null;
  return popup;
}
