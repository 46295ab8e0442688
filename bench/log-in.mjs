import { visitors } from '../demo/world/visitors.mjs';

/** Sends the provider's login form. @param {import('playwright-core').Page} visited It is there. */
export async function logIn(visited) {
  await visited.getByLabel('Name', { exact: true }).fill(visitors.ada.login);
  await visited.getByLabel('Password').fill(visitors.ada.password);
  await visited.getByRole('button', { name: 'Log in' }).click();
}
