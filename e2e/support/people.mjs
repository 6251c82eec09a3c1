// The demo city's logins.

import { expect } from '@playwright/test';

/** Who signs in, by phone; staff give a second factor as well. */
const LOGINS = {
  resident: { phone: '13855900001' },
  two_flats: { phone: '13855900002' },
  party_member: { phone: '13855900003' },
  grid_worker: { phone: '13855900004', staff: true },
  community_worker: { phone: '13855900005', staff: true },
  scrutineer: { phone: '13855900006', staff: true },
  administrator: { phone: '13855900007', staff: true },
};

/** @typedef {keyof typeof LOGINS} Login */

/**
 * Signs in with the codes that the demo shows: from the page of the sign-in where the browser is on
 * it, so that it leads on to where one wanted to go.
 * @param {import('@playwright/test').Page} page
 * @param {Login} login
 */
export async function signIn(page, login) {
  const { phone, staff } = LOGINS[login];
  await signInAs(page, phone, staff);
}

/**
 * Signs in with a phone, whoever has it.
 * @param {import('@playwright/test').Page} page
 * @param {string} phone
 * @param {boolean} [staff] gives a second factor as well
 */
export async function signInAs(page, phone, staff) {
  if (!page.url().includes('/sign-in')) await page.goto('/sign-in');
  await page.getByLabel('手机号').fill(phone);
  await page.getByRole('button', { name: '获取验证码' }).click();
  await enterCode(page, '输入验证码', '登录');
  if (staff) await enterCode(page, '动态验证码', '验证');
  await expect(page).not.toHaveURL(/\/sign-in/);
}

let phones = 0;

/** A phone that no code was sent to yet: only so many are sent to one. */
export const freshPhone = () => `139${String((process.pid % 1000) * 100_000 + phones++).padStart(8, '0')}`;

/** Reads the code off the page and enters it. */
async function enterCode(page, heading, button) {
  await expect(page.getByRole('heading', { name: heading })).toBeVisible();
  const shown = await page.locator('p.code').textContent();
  await page.getByLabel('验证码').fill(shown.trim());
  await page.getByRole('button', { name: button, exact: true }).click();
}
