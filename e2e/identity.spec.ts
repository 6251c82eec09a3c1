import type { Page } from '@playwright/test';
import { createHmac } from 'node:crypto';
import { freshPhone, signIn } from './support/people.mjs';
import { expect, test } from './support/test';

test.use({ ownCity: true });

test('guessing a code ends after five wrong ones', async ({ visitor }) => {
  const page = await visitor();
  const right = await askForCode(page, freshPhone());
  const wrong = right === '000000' ? '000001' : '000000';
  for (const code of [wrong, wrong, wrong, wrong, wrong, right]) {
    await enter(page, code, '登录');
    await expect(page.getByLabel('验证码')).toHaveAccessibleDescription(/验证码不对或已过期/);
  }
});

test('asking for codes too fast is told how long to wait', async ({ visitor }) => {
  const page = await visitor();
  const phone = freshPhone();
  await askForCode(page, phone);
  await page.getByRole('link', { name: /重新获取/ }).click();
  await page.getByLabel('手机号').fill(phone);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest()),
    page.getByRole('button', { name: '获取验证码' }).click(),
  ]);
  expect(answer.status()).toBe(429);
  expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);
  await expect(page.getByRole('alert')).toContainText(/\d+ 秒后可以重试/);
  await expect(page.getByLabel('手机号')).toHaveValue(phone);
});

test('staff come back to where they were, by way of the second factor', async ({ visitor }) => {
  const page = await visitor();
  await page.goto('/console/people?q=王秀兰');
  await signIn(page, 'community_worker');
  await expect(page).toHaveURL(/\/console\/people\?q=/);
  await expect(page.getByRole('link', { name: '王秀兰' })).toBeVisible();
});

test('a role is granted by phone, its holder sets up the second factor, and the role is taken away', async ({ visitor }) => {
  const desk = await visitor({ viewport: { width: 1280, height: 800 } });
  const newcomer = await visitor();
  const phone = freshPhone();
  const masked = `${phone.slice(0, 3)}****${phone.slice(-4)}`;
  await signIn(desk, 'administrator');
  await test.step('the administrator walks down to a county and grants', async () => {
    await desk.goto('/console/roles');
    await desk.getByRole('navigation', { name: '下级区域' }).getByRole('link', { name: '黄山区' }).click();
    await desk.getByLabel('手机号').fill(phone);
    await desk.getByLabel('角色', { exact: true }).selectOption('grid_worker');
    await desk.getByRole('button', { name: '授予' }).click();
    await expect(desk.getByRole('row').filter({ hasText: masked })).toContainText('网格员');
  });
  await test.step('who holds it sets up an authenticator', async () => {
    await enter(newcomer, await askForCode(newcomer, phone), '登录');
    await newcomer.getByRole('button', { name: '开始绑定' }).click();
    const secret = (await newcomer.locator('.secret').textContent())?.replaceAll(' ', '') ?? '';
    const code = totp(secret);
    await enter(newcomer, code === '000000' ? '000001' : '000000', '验证');
    await expect(newcomer.getByLabel('验证码')).toHaveAccessibleDescription(/验证码不对或已过期/);
    await enter(newcomer, totp(secret), '验证');
    await expect(newcomer).not.toHaveURL(/sign-in/);
    expect((await newcomer.goto('/console/people'))?.status()).toBe(200);
  });
  await test.step('once it is taken away the next page is closed to them', async () => {
    await desk.reload();
    const row = desk.getByRole('row').filter({ hasText: masked });
    await row.getByRole('button', { name: '收回' }).click();
    await expect(row).toHaveCount(0);
    expect((await newcomer.goto('/console/people'))?.status()).toBe(403);
  });
});

/** Goes to the second step of the sign-in and answers the code that the demo shows there. */
async function askForCode(page: Page, phone: string): Promise<string> {
  await page.goto('/sign-in');
  await page.getByLabel('手机号').fill(phone);
  await page.getByRole('button', { name: '获取验证码' }).click();
  return (await page.locator('p.code').textContent())?.trim() ?? '';
}

async function enter(page: Page, code: string, button: string) {
  await page.getByLabel('验证码').fill(code);
  await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest() && response.request().method() === 'POST'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
}

/** The code that an authenticator shows now for a secret in base32 (RFC 6238: HMAC-SHA-1, 30 s, 6 digits). */
function totp(secret: string): string {
  const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const at = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
