import type { Page } from '@playwright/test';
import { fact } from './support/facts';
import { signIn } from './support/people.mjs';
import { expect, test } from './support/test';

test.use({ ownCity: true });

const TITLE = '2 幢屋面防水维修';
const SOON = { timeout: 20_000 };

for (const javaScriptEnabled of [true, false]) {
  const residents = javaScriptEnabled ? '' : ', its residents without JavaScript';
  test(`a notice is written, read, answered, corrected and withdrawn${residents}`, async ({ visitor }) => {
    const desk = await visitor({ viewport: { width: 1280, height: 800 } });
    const phone = await visitor({ javaScriptEnabled });
    await signIn(desk, 'community_worker');
    await signIn(phone, 'resident');
    await phone.goto('/inbox');
    await phone.getByRole('button', { name: '全部标为已读' }).click();

    const notice = await test.step('a worker writes it with a picture', () => write(desk));
    const people = await test.step('the preview counts its people', async () => {
      await desk.getByRole('link', { name: '预览并发送' }).click();
      await expect(desk.locator('.prose img')).toHaveJSProperty('naturalWidth', 8);
      await expect(desk.locator('.prose strong')).toHaveText('9 月 8 日');
      const count = Number(await fact(desk, '应收').textContent().then((text) => text?.match(/\d+/)?.[0]));
      expect(count).toBeGreaterThan(50);
      return count;
    });
    await test.step('nobody can read it yet', async () => {
      expect((await phone.goto(read(notice)))?.status()).toBe(404);
    });
    await test.step('it is sent, and the figures move by themselves', async () => {
      await desk.getByRole('button', { name: '确认发送' }).click();
      await expect(desk).toHaveURL(new RegExp(`${notice}$`));
      await expect(fact(desk, '应收')).toHaveText(String(people), SOON);
      await expect(desk.getByRole('figure').getByText(/已送达/)).toContainText(String(people), SOON);
      await expect(fact(desk, '已读')).toHaveText(/^0 · 0%/);
    });
    await test.step('the message leads to it, and home shows it', async () => {
      await phone.goto('/');
      const news = phone.getByRole('region', { name: '通知动态' });
      await expect(news.getByRole('link', { name: TITLE })).toBeVisible();
      await phone.goto('/inbox');
      await expect(phone.getByRole('heading', { level: 1 })).toHaveText('1 条未读消息');
      await phone.getByRole('button', { name: TITLE }).click();
      await expect(phone).toHaveURL(read(notice));
      await expect(phone.getByRole('heading', { level: 1 })).toHaveText(TITLE);
      await expect(phone.locator('.prose img')).toBeVisible();
    });
    await test.step('the worker sees at once that it is read', async () => {
      await expect(fact(desk, '已读')).toHaveText(/^1 · /, SOON);
    });
    await test.step('the reader replies once', async () => {
      await phone.getByRole('button', { name: '提交回复' }).click();
      await expect(phone.getByLabel('您的回复')).toHaveAccessibleDescription(/请填写/);
      await phone.getByLabel('您的回复').fill('收到，周三家里有人。');
      await phone.getByRole('button', { name: '提交回复' }).click();
      await expect(phone.getByRole('region', { name: '您已回复' })).toContainText('收到，周三家里有人。');
      await expect(phone.getByRole('button', { name: '提交回复' })).toHaveCount(0);
      await desk.goto(notice);
      await desk.getByRole('link', { name: '居民回复' }).click();
      const row = desk.getByRole('row').filter({ hasText: '王秀兰' });
      await expect(row).toContainText('收到，周三家里有人。');
    });
    await test.step('the doorstep list is who has not read it', async () => {
      await desk.goto(notice);
      await desk.getByRole('link', { name: '未读上门名单' }).click();
      await expect(desk.getByText(`共 ${people - 1} 人还没有读`)).toBeVisible();
      await expect(desk.getByRole('rowheader', { name: '王秀兰' })).toHaveCount(0);
      await expect(desk.getByRole('rowheader').first()).toBeVisible();
    });
    await test.step('the recipients can be narrowed to who has read it', async () => {
      await desk.goto(`${notice}/recipients?status=read`);
      await expect(desk.getByRole('row').filter({ hasText: '王秀兰' })).toContainText('已读');
      await expect(desk.getByRole('rowheader')).toHaveCount(1);
    });
    await test.step('a correction reaches the same people and says what changed', async () => {
      await desk.goto(notice);
      await desk.getByRole('link', { name: '更正' }).click();
      await desk.getByLabel('更正说明').fill('日期改为 9 月 9 日');
      const text = desk.getByLabel('正文');
      await text.fill((await text.inputValue()).replace('9 月 8 日', '9 月 9 日'));
      await desk.getByRole('button', { name: '发送更正' }).click();
      await expect(desk.getByRole('figure').getByText(/已送达/)).toContainText(String(people), SOON);
      await phone.goto('/notices?unread=1');
      await phone.getByRole('link', { name: new RegExp(`更正.*${TITLE}`) }).click();
      await expect(phone.getByText('更正：日期改为 9 月 9 日')).toBeVisible();
      await expect(phone.locator('ins')).toContainText('9 月 9 日');
      await expect(phone.locator('del')).toContainText('9 月 8 日');
      await phone.getByText(/第 1 版/).click();
      await expect(phone.locator('details .prose')).toContainText('9 月 8 日');
    });
    await test.step('withdrawn, it stays as such and its text goes', async () => {
      await desk.goto(notice);
      await desk.getByRole('link', { name: '撤回' }).click();
      await desk.getByRole('button', { name: '确认撤回' }).click();
      await expect(desk.getByLabel('撤回原因')).toHaveAccessibleDescription(/请填写/);
      await desk.getByLabel('撤回原因').fill('工程取消');
      await desk.getByRole('button', { name: '确认撤回' }).click();
      await expect(desk.getByText('已撤回', { exact: true }).first()).toBeVisible();
      await phone.goto(read(notice));
      await expect(phone.getByText('这条通知已撤回')).toBeVisible();
      await expect(phone.getByText('撤回原因：工程取消')).toBeVisible();
      await expect(phone.locator('.prose')).toHaveCount(0);
    });
  });
}

test('a scheduled notice goes out at its moment; who opted out gets no SMS', async ({ city, visitor }) => {
  const desk = await visitor({ viewport: { width: 1280, height: 800 } });
  const phone = await visitor();
  await signIn(phone, 'resident');
  await phone.goto('/me');
  const sms = phone.getByRole('group', { name: '短信' });
  await sms.getByRole('button', { name: '不接收' }).click();
  await expect(sms.getByRole('button', { name: '不接收' })).toHaveAttribute('aria-pressed', 'true');

  await signIn(desk, 'community_worker');
  const notice = await write(desk, { sms: true });
  await desk.getByRole('link', { name: '预览并发送' }).click();
  await desk.getByLabel('定时发送').fill('2020-01-01T09:00');
  await desk.getByRole('button', { name: '确认发送' }).click();
  await expect(desk.getByLabel('定时发送')).toHaveAccessibleDescription(/将来的时间/);
  const HUANGSHAN_MS = 8 * 3_600_000;
  const at = new Date(Date.now() + 30 * 60_000 + HUANGSHAN_MS).toISOString().slice(0, 16);
  await desk.getByLabel('定时发送').fill(at);
  await desk.getByRole('button', { name: '确认发送' }).click();
  await expect(desk.getByText('已定时', { exact: true }).first()).toBeVisible();
  expect((await phone.goto(read(notice)))?.status()).toBe(404);
  await city.ahead(31 * 60_000);
  await expect(async () => {
    await phone.goto('/notices');
    await expect(phone.getByRole('link', { name: TITLE })).toBeVisible({ timeout: 500 });
  }).toPass(SOON);
  await desk.goto(`${notice}/recipients?channel=sms&status=skipped`);
  await expect(desk.getByRole('row').filter({ hasText: '王秀兰' })).toContainText('本人不接收');
});

test('a visitor reads what is for everybody and nothing else', async ({ visitor }) => {
  const page = await visitor();
  await page.goto('/notices');
  await page.getByRole('searchbox').fill('充电桩选址');
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.getByText('还没有社区动态')).toBeVisible();
  await page.getByRole('searchbox').fill('邻里集市');
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByRole('link', { name: /邻里集市/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('邻里集市');
});

/** The residents' page of a notice. */
const read = (notice: string) => notice.replace('/console', '');

/** A picture of 8 by 8 pixels. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGPYYKqFFTEMLQkAms5DwejygzkAAAAASUVORK5CYII=',
  'base64',
);

/** Writes the draft for 2 幢, and answers the path of the worker's page. */
async function write(desk: Page, { sms = false } = {}): Promise<string> {
  await desk.goto('/console/notices');
  await desk.getByRole('link', { name: '新建通知' }).click();
  await desk.getByLabel('标题').fill(TITLE);
  await desk.getByLabel('正文').fill('2 幢屋面防水 **9 月 8 日** 开工。\n\n- 工期 5 天\n- 请把楼顶物品搬走\n\n<script>alert(1)</script>');
  await desk.getByLabel('图片').setInputFiles({ name: 'roof.png', mimeType: 'image/png', buffer: PICTURE });
  await desk.getByRole('button', { name: '插入图片' }).click();
  await expect(desk.getByLabel('正文')).toHaveValue(/!\[\]\(\/notices\/pictures\/[0-9a-f]{64}\.jpg\)/);
  const area = desk.getByLabel('范围');
  await area.selectOption(await area.getByRole('option', { name: /龙北小区.*(?<!\d)2 ?幢/ }).first().getAttribute('value'));
  await desk.getByRole('checkbox', { name: '请居民回复' }).check();
  if (sms) await desk.getByRole('checkbox', { name: '短信' }).check();
  await desk.getByRole('button', { name: '保存草稿' }).click();
  await desk.waitForURL(/\/console\/notices\/[0-9a-f-]{36}$/);
  return new URL(desk.url()).pathname;
}
