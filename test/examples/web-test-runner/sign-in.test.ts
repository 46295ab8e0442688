import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import { MessengerApi } from 'genesys-auth-messenger/testing';

let frame: HTMLIFrameElement | undefined;

const page = () => frame!.contentDocument!;
const element = () => page().querySelector('genesys-auth-messenger')!;
const greeting = () => page().querySelector('#greeting')!.textContent;

async function openPage() {
  frame?.remove();
  frame = document.createElement('iframe');
  frame.src = new URL('../page/index.html', import.meta.url).href;
  document.body.append(frame);
  await oneEvent(frame, 'load');
  await waitUntil(() => element().status !== 'starting', 'Messenger is there', { timeout: 5_000 });
}

beforeEach(async () => {
  localStorage.clear();
  window.api = new MessengerApi({ deploymentId: '6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34' });
  await openPage();
});

it('a visitor logs in', async () => {
  element().signIn();
  await oneEvent(page(), 'signedIn');
  expect(greeting()).to.equal('You are logged in.');
  expect(window.api.exchanges).to.have.lengthOf(1);
});

it('a visitor whose code is refused can try again', async () => {
  window.api.fail('exchange', 401);
  element().signIn();
  const { detail } = await oneEvent(page(), 'signInFailed');
  expect(detail.code).to.equal('exchange/refused');
  expect(greeting()).to.equal('Please try again.');

  window.api.recover('exchange');
  element().signIn();
  await oneEvent(page(), 'signedIn');
  expect(greeting()).to.equal('You are logged in.');
});

it('a visitor who returns is still logged in', async () => {
  element().signIn();
  await oneEvent(page(), 'signedIn');

  await openPage();
  expect(element().status).to.equal('signed-in');
  expect(greeting()).to.equal('Welcome back!');
  expect(window.api.exchanges).to.have.lengthOf(1);
});

it('a visitor logs out', async () => {
  element().signIn();
  await oneEvent(page(), 'signedIn');

  element().signOut();
  const { detail } = await oneEvent(page(), 'loggedOut');
  expect(detail.reason).to.equal('visitor');
  expect(greeting()).to.equal('You are logged out.');
});
