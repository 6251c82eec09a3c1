import type { Page } from '@playwright/test';
import { signIn } from './support/people.mjs';
import { expect, test } from './support/test';

test.use({ ownCity: true, viewport: { width: 1280, height: 800 } });

const NAME = '王秀兰';
const PHONE = '13855900001';

test('a worker finds a resident, looks at a sealed field, and the resident is told', async ({ visitor }) => {
  const desk = await visitor();
  await signIn(desk, 'community_worker');
  await test.step('by name, phone and address; phone and identity number are masked', async () => {
    for (const text of [NAME, PHONE, '138 5590 0001', '龙北小区2幢1单元301']) {
      await search(desk, text);
      const row = desk.getByRole('row').filter({ hasText: NAME });
      await expect(row, text).toHaveCount(1);
      await expect(row).toContainText('138****0001');
      await expect(row).toContainText(/\d{4}\*{10}\d{3}[\dX]/);
    }
    expect(await desk.content()).not.toContain(PHONE.slice(3));
  });
  await test.step('without a reason nothing is shown', async () => {
    await search(desk, NAME);
    await desk.getByRole('link', { name: NAME }).click();
    await desk.getByRole('button', { name: '显示手机号' }).click();
    await expect(desk.getByLabel('查看原因')).toHaveAccessibleDescription(/请/);
    await expect(sheet(desk)).toContainText('138****0001');
  });
  await test.step('with a reason the field is, and no address holds it', async () => {
    expect(await unmask(desk, '显示手机号', /\d{11}/)).toBe(PHONE);
    expect(desk.url()).not.toContain(PHONE);
  });
  await test.step('by identity number', async () => {
    const number = await unmask(desk, '显示证件号码', /\d{17}[\dX]/);
    await search(desk, number.toLowerCase());
    await expect(desk.getByRole('row').filter({ hasText: NAME })).toHaveCount(1);
  });
  await test.step('the resident sees that both were looked at, and why', async () => {
    const phone = await visitor({ viewport: { width: 360, height: 740 } });
    await signIn(phone, 'resident');
    await phone.goto('/inbox');
    await expect(phone.getByText('为核对身份，查看了您的手机号').first()).toBeVisible();
    await expect(phone.getByText('为核对身份，查看了您的证件号码').first()).toBeVisible();
    await phone.goto('/me');
    await phone.getByRole('link', { name: '我的档案' }).click();
    const looks = phone.getByRole('region', { name: '谁查看过我的信息' });
    await expect(looks.getByText('社区工作者').first()).toBeVisible();
    await expect(looks.getByText('证件号码 · 核对身份').first()).toBeVisible();
    await expect(phone.getByText('138****0001')).toBeVisible();
  });
});

test('who may search only is not offered to look', async ({ visitor }) => {
  const desk = await visitor();
  await signIn(desk, 'grid_worker');
  await search(desk, NAME);
  await desk.getByRole('link', { name: NAME }).click();
  await expect(sheet(desk)).toContainText('138****0001');
  await expect(sheet(desk).getByRole('button')).toHaveCount(0);
});

const sheet = (page: Page) => page.getByRole('region', { name: NAME });

async function search(page: Page, text: string) {
  await page.goto('/console/people');
  await page.getByRole('searchbox').fill(text);
  await page.getByRole('button', { name: '查询' }).click();
}

/** Looks at a sealed field of the person shown and answers what it holds. */
async function unmask(page: Page, button: string, form: RegExp): Promise<string> {
  await page.getByLabel('查看原因').selectOption('identity');
  await page.getByRole('button', { name: button }).click();
  await expect(sheet(page)).toContainText(form);
  return (await sheet(page).textContent())?.match(form)?.[0] ?? '';
}
