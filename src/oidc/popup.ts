/**
 * Opens the sign-in window, empty and centred over the page. Call it synchronously in the click: anything later is
 * blocked by browsers. Part of the file that people paste, because the rest of this room may still be loading then.
 *
 * @returns null when the browser blocked it
 */
export function openPopup(window: Window): Window | null {
  const width = Math.min(500, window.outerWidth || 500);
  const height = Math.min(720, window.outerHeight || 720);
  const left = Math.round(window.screenX + (window.outerWidth - width) / 2);
  const top = Math.round(window.screenY + (window.outerHeight - height) / 2);
  return window.open('', '_blank', `popup,width=${width},height=${height},left=${left},top=${top}`);
}
