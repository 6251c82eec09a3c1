import type { Locator, Page } from '@playwright/test';
import { signIn } from './support/people.mjs';
import { expect, test } from './support/test';

for (const javaScriptEnabled of [true, false]) {
  test(`a message stands beside its field, and what was typed is kept${javaScriptEnabled ? '' : ', without JavaScript'}`, async ({ visitor }) => {
    const page = await visitor({ javaScriptEnabled });
    await page.goto('/sign-in');
    await page.getByLabel('手机号').fill('1385590');
    expect(await statusOf(page, page.getByRole('button', { name: '获取验证码' }))).toBe(422);
    const phone = page.getByLabel('手机号');
    await expect(phone).toHaveValue('1385590');
    await expect(phone).toHaveAttribute('aria-invalid', 'true');
    await expect(phone).toHaveAccessibleDescription(/格式不对/);
  });
}

test('all faults of a long form are told at once', async ({ visitor }) => {
  const page = await visitor();
  await signIn(page, 'community_worker');
  await page.goto('/console/voting/new');
  await page.getByLabel('标题').fill('选');
  await page.getByLabel('第 1 位姓名').fill('程建国');
  expect(await statusOf(page, page.getByRole('button', { name: '保存草稿' }))).toBe(422);
  for (const [label, fault] of [['标题', /至少 2 个字/], ['范围', /请填写/], ['应选名额', /请填写/], ['开始时间', /请填写/], ['截止时间', /请填写/]] as const) {
    await expect(page.getByLabel(label)).toHaveAccessibleDescription(fault);
  }
  await expect(page.getByLabel('第 1 位姓名')).toHaveValue('程建国');
});

test('a wrong code is told, the right one still works', async ({ visitor }) => {
  const page = await visitor();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /党员/ }).click();
  const shown = (await page.locator('p.code').textContent())?.trim() ?? '';
  await page.getByLabel('验证码').fill(shown === '000000' ? '000001' : '000000');
  expect(await statusOf(page, page.getByRole('button', { name: '登录' }))).toBe(422);
  await expect(page.getByLabel('验证码')).toHaveAccessibleDescription(/验证码不对或已过期/);
  await page.getByLabel('验证码').fill(shown);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
});

test('what was typed is there again after the page was left', async ({ visitor }) => {
  const page = await visitor();
  await signIn(page, 'administrator');
  const title = page.getByLabel('标题');
  await page.goto('/console/voting/new');
  await expect(async () => {
    await page.goto('/console/voting/new');
    await title.fill('龙北小区夏季补选');
    await page.goto('/console');
    await page.goto('/console/voting/new');
    await expect(title).toHaveValue('龙北小区夏季补选', { timeout: 1_000 });
  }).toPass();
});

test('a page for the signed-in leads to the sign-in and back', async ({ visitor }) => {
  const page = await visitor();
  await page.goto('/inbox');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Finbox$/);
  await signIn(page, 'scrutineer');
  await expect(page).toHaveURL(/\/inbox$/);
});

test('an unknown address is told, with a way on', async ({ visitor }) => {
  const page = await visitor();
  expect((await page.goto('/no-such-page'))?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: '没有这个页面' })).toBeVisible();
  await page.getByRole('link', { name: '回到首页' }).click();
  await expect(page).toHaveURL(/\/$/);
});

for (const javaScriptEnabled of [true, false]) {
  test(`language and size are remembered${javaScriptEnabled ? '' : ', without JavaScript'}`, async ({ visitor }) => {
    const page = await visitor({ javaScriptEnabled });
    const document = page.locator('html');
    await page.goto('/me');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(document).toHaveAttribute('lang', 'en');
    await page.getByRole('button', { name: 'Large (for elders)' }).click();
    await expect(document).toHaveAttribute('data-elder', '');
    await page.goto('/services');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Services');
    await expect(document).toHaveAttribute('data-elder', '');
  });
}

test('without a connection a page says so', async ({ visitor }) => {
  const page = await visitor();
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const banner = page.getByRole('status').filter({ hasText: '网络已断开' });
  await expect(banner).toBeHidden();
  // Islands are loaded after the page: only once they are there do they hear of it.
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await expect(banner).toBeVisible();
  await page.getByRole('link', { name: '服务', exact: true }).click();
  await expect(page.getByRole('heading', { name: '网络已断开' })).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole('link', { name: '重试' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('服务');
});

/** The status of the page that a button leads to. */
async function statusOf(page: Page, button: Locator): Promise<number> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest()),
    button.click(),
  ]);
  return answer.status();
}
