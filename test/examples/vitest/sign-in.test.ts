import { MessengerApi } from 'genesys-auth-messenger/testing';
import { beforeEach, expect, test, vi } from 'vitest';

let frame: HTMLIFrameElement | undefined;

const page = () => frame!.contentDocument!;
const element = () => page().querySelector('genesys-auth-messenger')!;
const greeting = () => page().querySelector('#greeting')!.textContent;

/** Waits for an event, and gives its detail. */
const next = <Name extends 'signedIn' | 'signInFailed' | 'loggedOut'>(name: Name) =>
  new Promise<DocumentEventMap[Name]['detail']>((resolve) =>
    page().addEventListener(name, ({ detail }) => resolve(detail), { once: true }),
  );

async function openPage() {
  frame?.remove();
  frame = document.createElement('iframe');
  frame.src = new URL('../page/index.html', import.meta.url).href;
  document.body.append(frame);
  await new Promise((resolve) => frame!.addEventListener('load', resolve));
  await vi.waitUntil(() => element().status !== 'starting', { timeout: 5_000 });
}

beforeEach(async () => {
  localStorage.clear();
  window.api = new MessengerApi({ deploymentId: '6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34' });
  await openPage();
});

test('a visitor logs in', async () => {
  element().signIn();
  await next('signedIn');
  expect(greeting()).toBe('You are logged in.');
  expect(window.api.exchanges).toHaveLength(1);
});

test('a visitor whose code is refused can try again', async () => {
  window.api.fail('exchange', 401);
  element().signIn();
  expect(await next('signInFailed')).toMatchObject({ code: 'exchange/refused' });
  expect(greeting()).toBe('Please try again.');

  window.api.recover('exchange');
  element().signIn();
  await next('signedIn');
  expect(greeting()).toBe('You are logged in.');
});

test('a visitor who returns is still logged in', async () => {
  element().signIn();
  await next('signedIn');

  await openPage();
  expect(element().status).toBe('signed-in');
  expect(greeting()).toBe('Welcome back!');
  expect(window.api.exchanges).toHaveLength(1);
});

test('a visitor logs out', async () => {
  element().signIn();
  await next('signedIn');

  element().signOut();
  expect(await next('loggedOut')).toEqual({ reason: 'visitor' });
  expect(greeting()).toBe('You are logged out.');
});
