import { expect, test } from './fixtures.js';

test.beforeEach(({ page }) => page.goto('/'));

test('a visitor logs in and chats', async ({ page, api }) => {
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.locator('#greeting')).toHaveText('You are logged in.');
  expect(api.exchanges).toMatchObject([{ status: 200 }]);

  await page.getByRole('button', { name: 'Open chat' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Hi');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Hello Ada Lovelace, you said: Hi')).toBeVisible();
});

test('a visitor whose code is refused can try again', async ({ page, api }) => {
  api.fail('exchange', 401);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.locator('#greeting')).toHaveText('Please try again.');

  api.recover('exchange');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.locator('#greeting')).toHaveText('You are logged in.');
});

test('a visitor who returns is still logged in', async ({ page, api }) => {
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.locator('#greeting')).toHaveText('You are logged in.');

  await page.goto('/');
  await expect(page.locator('#greeting')).toHaveText('Welcome back!');
  expect(api.exchanges).toHaveLength(1);
});

test('a visitor logs out', async ({ page }) => {
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.locator('#greeting')).toHaveText('You are logged out.');
});
