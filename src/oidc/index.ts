/**
 * Everything about the provider that can wait until somebody signs in: loaded on demand. What a page needs before that
 * stands in callback.ts, popup.ts and parameters.ts, which import nothing of this.
 */
export type { Callback, Way } from './callback.js';
export { openProvider } from './provider.js';
export type { AuthorizationRequest, Provider, ProviderConfig, RequestOptions, Seams } from './provider.js';
export { reportCallback } from './report.js';
export type { CheckedResponse, ResponseFailure } from './response.js';
export { authorizeInFrame, authorizeInPopup } from './windows.js';
