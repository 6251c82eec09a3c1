import type { Page } from '@playwright/test';
import { readFile, writeFile } from 'node:fs/promises';
import { signIn } from './support/people.mjs';
import { read } from './support/qr.mjs';
import { expect, test } from './support/test';
import { CANDIDATES, TITLE, announce, countAndPublish, poster } from './support/worker';

test.use({ ownCity: true });

const MINUTE = 60_000;
const [CHOSEN, OTHER] = CANDIDATES;

/** What follows from events is there within seconds, not at once: events are sealed first. */
const SOON = { timeout: 20_000 };

for (const javaScriptEnabled of [true, false]) {
  const residents = javaScriptEnabled ? '' : ', its residents without JavaScript';
  test(`a building votes by QR code${residents}`, async ({ city, visitor }, info) => {
    const desk = await visitor({ viewport: { width: 1280, height: 800 } });
    const phone = await visitor({ javaScriptEnabled });
    const secondPhone = await visitor({ javaScriptEnabled });
    const neighbour = await visitor({ javaScriptEnabled });

    const vote = await test.step('a worker creates and announces the vote', async () => {
      await signIn(desk, 'community_worker');
      return announce(desk, { opensIn: 30 * MINUTE, closesIn: 120 * MINUTE });
    });
    const link = await test.step('the poster carries a short link', async () => {
      const text = read(await poster(desk, '2幢'));
      expect(text).toMatch(new RegExp(`^${city.origin}/v/[0-9A-Z]+$`));
      return text as string;
    });
    await city.ahead(31 * MINUTE);

    await test.step('a signed-out resident opens the link, signs in and lands on the ballot', async () => {
      await arrive(phone, link, 'resident');
      await mark(phone, CHOSEN);
    });
    await test.step('so does a second phone of hers', async () => {
      await arrive(secondPhone, link, 'resident');
      await mark(secondPhone, OTHER);
    });
    const receipt = await test.step('the first phone casts and is given a receipt', () => cast(phone));
    await test.step('the second is refused', async () => {
      await secondPhone.getByRole('button', { name: '确认投出' }).click();
      await expect(secondPhone.getByText('您已经投过票了').first()).toBeVisible();
      await secondPhone.goto(link);
      await expect(secondPhone.getByRole('heading', { name: '您已经投过票了' })).toBeVisible();
    });
    await test.step('the doorstep list names who is waited for, and not who has voted', async () => {
      await desk.goto(vote);
      await desk.getByRole('link', { name: '未投票上门名单' }).click();
      await expect(desk.getByText(/共 [1-9]\d* 人还没有投票/)).toBeVisible();
      await expect(desk.getByRole('rowheader').first()).toBeVisible();
      await expect(desk.getByRole('rowheader', { name: '王秀兰' })).toHaveCount(0);
    });
    await test.step('a resident of another building is told so', async () => {
      await neighbour.goto(link);
      await signIn(neighbour, 'two_flats');
      await expect(neighbour.getByRole('heading', { name: '这是别处的投票' })).toBeVisible();
    });
    await test.step('a code that is none of ours is told so', async () => {
      expect((await neighbour.goto('/v/ABCDEFGH2345'))?.status()).toBe(404);
      await expect(neighbour.getByRole('heading', { name: '没有这个二维码' })).toBeVisible();
    });

    await city.ahead(121 * MINUTE);
    await test.step('after the closing time nobody votes any more', async () => {
      await neighbour.goto(link);
      await expect(neighbour.getByRole('heading', { name: '投票已截止' })).toBeVisible();
    });
    await test.step('the worker counts and publishes', () => countAndPublish(desk, vote));
    await test.step('the result shows its arithmetic', async () => {
      await phone.goto(link);
      await phone.getByRole('link', { name: '看结果' }).click();
      await expect(phone.getByRole('heading', { level: 1 })).toHaveText(TITLE);
      await expect(phone.getByRole('region', { name: '得票' })).toContainText(new RegExp(`${CHOSEN}当选1\\s*票`));
      const sums = phone.getByRole('region', { name: '计算过程' });
      await expect(sums).toContainText('收回票 = 参与人数');
      await expect(sums).toContainText(/人数参与达三分之二.*3 × 1 = 3/);
    });
    await test.step('the receipt finds the ballot in the count', async () => {
      await phone.getByRole('link', { name: '我的票计入了吗？' }).click();
      await phone.getByLabel('回执码').fill(receipt);
      await phone.getByRole('button', { name: '查询' }).click();
      await expect(phone.getByText('已计入，选的是：')).toBeVisible();
      await expect(phone.getByText(CHOSEN).first()).toBeVisible();
    });
    await test.step('taking part brought points and a message', async () => {
      await expectAfterReloads(phone, '/points', '参加投票');
      await expectAfterReloads(phone, '/inbox', '参加投票，获得');
    });
    await test.step('anybody can count again, and sees when a byte was changed', async () => {
      const bundle = await download(desk, vote);
      const file = info.outputPath('bundle.json');
      await writeFile(file, bundle);
      expect(await city.hs('verify-election', file)).toMatchObject({ code: 0 });
      bundle[Math.floor(bundle.length / 2)] ^= 1;
      await writeFile(file, bundle);
      expect((await city.hs('verify-election', file)).code).not.toBe(0);
    });
    await test.step('the log verifies', async () => {
      expect(await city.hs('verify-log')).toMatchObject({ code: 0 });
    });
  });
}

/** Scans the poster with a phone nobody is signed in on. */
async function arrive(phone: Page, link: string, login: string) {
  await phone.goto(link);
  await expect(phone).toHaveURL(/\/sign-in\?next=/);
  await signIn(phone, login);
  await expect(phone).toHaveURL(/\/voting\/[0-9a-f-]{36}$/);
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText(TITLE);
}

/** Chooses and goes on to the review. */
async function mark(phone: Page, candidate: string) {
  await phone.getByRole('radio', { name: candidate }).check();
  await phone.getByRole('button', { name: '下一步：核对' }).click();
  await expect(phone.getByRole('region', { name: '您的选择' })).toContainText(candidate);
}

/** Casts what is under review, once although the button is tapped twice, and answers the receipt's code. */
async function cast(phone: Page): Promise<string> {
  await phone.getByRole('button', { name: '确认投出' }).dblclick();
  await expect(phone).toHaveURL(/\/receipt\?code=/);
  await expect(phone.getByText('选票已收到')).toBeVisible();
  return new URL(phone.url()).searchParams.get('code') ?? '';
}

/** Looks at a page again and again until a text stands on it. */
async function expectAfterReloads(page: Page, path: string, text: string) {
  await expect(async () => {
    await page.goto(path);
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 500 });
  }).toPass(SOON);
}

/** The export of the count, as the worker's browser downloads it. */
async function download(page: Page, vote: string): Promise<Buffer> {
  await page.goto(vote);
  await page.getByRole('link', { name: '看结果' }).click();
  const link = page.getByRole('link', { name: '下载计票数据包' });
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return readFile(await file.path());
}
