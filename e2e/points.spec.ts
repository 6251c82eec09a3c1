import type { Page } from '@playwright/test';
import { signIn } from './support/people.mjs';
import { expect, test } from './support/test';

test.use({ ownCity: true });

test('a resident reads where points came from, page by page, with the keyboard alone', async ({ visitor }) => {
  const page = await visitor();
  await signIn(page, 'two_flats');
  await test.step('the way there', async () => {
    await page.goto('/');
    await press(page, '积分');
    await expect(page).toHaveURL(/\/points$/);
  });
  await test.step('voting brings points, in their own time', async () => {
    await vote(page);
    await vote(page);
    await expect(async () => {
      await page.goto('/points');
      await expect(lines(page)).toHaveCount(2, { timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await expect(page.getByText('可用积分').locator('xpath=..')).toContainText('10.00');
    await expect(page.getByRole('img', { name: /获得 \d+\.00，使用 0/ })).toBeVisible();
  });
  await test.step('each page of the statement goes on where the one before ended', async () => {
    const whole = await lines(page).allInnerTexts();
    await page.goto('/points?size=1');
    expect(await lines(page).allInnerTexts()).toEqual(whole.slice(0, 1));
    await press(page, '下一页');
    await expect(page).toHaveURL(/after=/);
    expect(await lines(page).allInnerTexts()).toEqual(whole.slice(1));
    await expect(page.getByRole('link', { name: '下一页' })).toHaveCount(0);
  });
});

test('a resident without points is told how to earn some', async ({ visitor }) => {
  const page = await visitor();
  await signIn(page, 'administrator');
  await page.goto('/points');
  await expect(page.getByText('还没有积分')).toBeVisible();
  await expect(page.getByRole('region', { name: '怎样获得积分' })).toContainText('参加投票');
  await expect(page.locator('figure.months')).toHaveCount(0);
});

/** Casts a ballot in the first vote that waits, the first answer to each of its items. */
async function vote(page: Page) {
  await page.goto('/voting');
  await page.getByRole('link', { name: '去投票' }).first().click();
  const radios = page.getByRole('radio');
  await radios.first().waitFor();
  const items = new Set(await radios.evaluateAll((all) => all.map((radio) => (radio as HTMLInputElement).name)));
  for (const item of items) await page.locator(`input[type=radio][name="${item}"]`).first().check();
  await page.getByRole('button', { name: '下一步：核对' }).click();
  await page.getByRole('button', { name: '确认投出' }).click();
  await expect(page).toHaveURL(/\/receipt\?code=/);
}

/** The movements of the statement. */
const lines = (page: Page) => page.getByRole('region', { name: '积分明细' }).getByRole('listitem');

/** Walks with the Tab key to a link and follows it. */
async function press(page: Page, name: string) {
  const link = page.getByRole('link', { name, exact: true }).last();
  for (let steps = 0; steps < 60; steps++) {
    await page.keyboard.press('Tab');
    if (await link.evaluate((link) => link === document.activeElement)) break;
  }
  await expect(link).toBeFocused();
  await page.keyboard.press('Enter');
}
