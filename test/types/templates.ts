// The tag in templates of Vue and Svelte, as their tools see it. Compiled by test/unit/types.test.ts, never run.
import type {} from 'genesys-auth-messenger/svelte';
import type {} from 'genesys-auth-messenger/vue';
import type { SvelteHTMLElements } from 'svelte/elements';
import type { GlobalComponents } from 'vue';

type InVue = InstanceType<GlobalComponents['genesys-auth-messenger']>['$props'];

export const inVue: InVue = {
  class: 'chat',
  deploymentId: '6b1f',
  'client-id': 'web',
  mode: 'redirect',
  onSignedIn: ({ detail }) => detail.restored satisfies boolean,
  onSignInFailed: ({ detail }) => detail.hint.length,
  // @ts-expect-error: no such value
  loading: 'never',
};

export const inSvelte: SvelteHTMLElements['genesys-auth-messenger'] = {
  class: 'chat',
  'deployment-id': '6b1f',
  clientId: 'web',
  mode: 'popup',
  silent: true,
  onsignedIn: ({ detail }) => detail.restored satisfies boolean,
  'on:signed-in': ({ detail }) => detail.restored satisfies boolean,
  onloggedOut: ({ detail }) => detail.reason === 'visitor',
  // @ts-expect-error: no such value
  logout: 'all',
};
