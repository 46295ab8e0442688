/**
 * Everything about the provider that can wait until somebody signs in: loaded on demand. What a page needs before that
 * stands in answer.ts, state.ts, report.ts, popup.ts, parameters.ts and discovery-request.ts, which import nothing of this.
 */
export type { Answer } from './answer.js';
export type { Way } from './state.js';
export { openProvider } from './provider.js';
export type { AuthorizationRequest, Provider, ProviderConfig, RequestOptions, Seams } from './provider.js';
export { authorizeInFrame, authorizeInPopup } from './windows.js';
