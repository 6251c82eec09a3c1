import type { Page } from '@playwright/test';
import { signIn } from './support/people.mjs';
import { expect, test } from './support/test';

test.use({ ownCity: true });

test('a message is counted while the page stays open, and opening it marks it read', async ({ visitor }) => {
  const phone = await visitor();
  const desk = await visitor({ viewport: { width: 1280, height: 800 } });
  await signIn(phone, 'resident');
  await signIn(desk, 'community_worker');
  await phone.goto('/inbox');
  await phone.getByRole('button', { name: '全部标为已读' }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('没有未读消息');

  await test.step('the badge appears by itself', async () => {
    await phone.goto('/');
    // What follows the inbox is loaded after the page.
    await phone.waitForLoadState('load');
    await phone.evaluate(() => Object.assign(window, { stayed: true }));
    await expect(badge(phone)).toBeHidden();
    await tell(desk);
    await expect(badge(phone)).toHaveText(/^1/);
    await tell(desk);
    await expect(badge(phone)).toHaveText(/^2/);
    expect(await phone.evaluate(() => 'stayed' in window)).toBe(true);
  });
  await test.step('opening a message leads to what it is about and marks it read', async () => {
    await phone.goto('/inbox');
    await expect(phone.getByRole('heading', { level: 1 })).toHaveText('2 条未读消息');
    await phone.getByRole('button', { name: /未读/ }).first().click();
    await expect(phone).not.toHaveURL(/\/inbox\/open/);
    await phone.goto('/inbox');
    await expect(phone.getByRole('heading', { level: 1 })).toHaveText('1 条未读消息');
  });
});

test('a stream that comes back is told what it missed, once', async ({ visitor }) => {
  const phone = await visitor();
  const desk = await visitor({ viewport: { width: 1280, height: 800 } });
  await signIn(phone, 'resident');
  await signIn(desk, 'community_worker');
  const first = await listen(phone);
  expect(first.notes).toBe(0);
  await tell(desk);
  const second = await listen(phone, first.id);
  expect(second.notes).toBe(1);
  expect((await listen(phone, second.id)).notes).toBe(0);
});

const badge = (page: Page) => page.locator('.bell .badge');

/** Lets a message reach the resident: a worker looks at their phone number, which they are told. */
async function tell(desk: Page) {
  await desk.goto('/console/people?q=13855900001');
  await desk.getByRole('link', { name: '王秀兰' }).click();
  await desk.getByLabel('查看原因').selectOption('contact');
  await desk.getByRole('button', { name: '显示手机号' }).click();
  await expect(desk.getByText('13855900001')).toBeVisible();
}

/** Opens the stream until it tells the number of unread messages: the id it told last, how many messages came before. */
function listen(page: Page, after?: string): Promise<{ id: string; notes: number }> {
  return page.evaluate(async (after) => {
    const stop = new AbortController();
    const headers = after === undefined ? undefined : { 'last-event-id': after };
    const answer = await fetch('/inbox/stream', { headers, signal: stop.signal });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!/event: ?unread[^]*?\n\n/.test(text)) text += (await reader.read()).value ?? '';
    stop.abort();
    const ids = [...text.matchAll(/^id: ?(.*)$/gm)];
    return { id: ids.at(-1)![1], notes: text.match(/^event: ?note$/gm)?.length ?? 0 };
  }, after);
}
