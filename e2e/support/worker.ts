// What a community worker does with a vote.

import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expect } from './test';

/** The vote of the journeys. */
export const TITLE = '龙北小区 2 幢业主代表选举';

/** The demo city's candidates of 2 幢. */
export const CANDIDATES = ['程建国', '胡秀英', '汪志明'];

/** One representative for 2 幢 of 龙北小区. */
const BUILDING = /龙北小区.*(?<!\d)2 ?幢/;

/**
 * Drafts the vote and announces it.
 * @returns the path of the worker's page of the vote
 */
export async function announce(page: Page, poll: { opensIn: number; closesIn: number }): Promise<string> {
  await page.goto('/console/voting');
  await page.getByRole('link', { name: '新建投票' }).click();
  await page.getByLabel('标题').fill(TITLE);
  const area = page.getByLabel('范围');
  await area.selectOption(await area.getByRole('option', { name: BUILDING }).first().getAttribute('value'));
  await page.getByLabel('应选名额').fill('1');
  await page.getByLabel('开始时间').fill(minuteIn(poll.opensIn));
  await page.getByLabel('截止时间').fill(minuteIn(poll.closesIn));
  for (const [at, name] of CANDIDATES.entries()) {
    await page.getByLabel(`第 ${at + 1} 位姓名`).fill(name);
    await page.getByLabel(`第 ${at + 1} 位参选陈述`).fill(`${name}：楼道的事，大家商量着办。`);
  }
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByRole('link', { name: '公告', exact: true }).click();
  await page.getByRole('button', { name: '确认公告' }).click();
  await expect(page.getByText('已公告', { exact: true }).first()).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Downloads the building's poster as a picture. */
export async function poster(page: Page, building: string): Promise<Buffer> {
  const row = page.getByRole('row').filter({ hasText: building });
  const [download] = await Promise.all([page.waitForEvent('download'), row.getByRole('link', { name: 'PNG' }).click()]);
  return readFile(await download.path());
}

/** Opens the urn, then shows the result to everybody. */
export async function countAndPublish(page: Page, vote: string) {
  await page.goto(vote);
  await page.getByRole('button', { name: '开箱计票' }).click();
  await expect(page.getByText('已计票，待公布').first()).toBeVisible();
  await page.getByRole('button', { name: '公布结果' }).click();
  await expect(page.getByRole('link', { name: '看结果' })).toBeVisible();
}

/** The minute so many milliseconds from now, as Huangshan's clocks show it and forms want it. */
function minuteIn(ms: number): string {
  const HUANGSHAN_MS = 8 * 3_600_000;
  return new Date(Date.now() + ms + HUANGSHAN_MS).toISOString().slice(0, 16);
}
