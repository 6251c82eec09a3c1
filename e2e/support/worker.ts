// What a community worker does with a vote.

import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { City } from './city.mjs';
import { draft } from './draft.mjs';
import { expect } from './test';

export { CANDIDATES } from './draft.mjs';

/** The vote of the journeys. */
export const TITLE = '龙北小区 2 幢业主代表选举';

/** The id of the vote with this title. */
export async function idOf(city: City, title: string): Promise<string> {
  const id = await city.sql(`SELECT id FROM voting_votes WHERE title = '${title}'`);
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  return id;
}

/** The opening codes of a vote: an organiser's and a scrutineer's. */
export type Codes = { organiser: string; scrutineer: string };

/**
 * Drafts the election; organiser and scrutineer each take their key, and the organiser announces it.
 * @returns the path of the worker's page of the vote, and the codes
 */
export async function announce(desk: Page, scrutineer: Page, poll: { opensIn: number; closesIn: number }) {
  await draft(desk, { title: TITLE, ...poll });
  return keyAndAnnounce(desk, scrutineer);
}

/** From a draft that the organiser looks at to its announcement. */
export async function keyAndAnnounce(desk: Page, scrutineer: Page): Promise<{ vote: string; codes: Codes }> {
  const vote = new URL(desk.url()).pathname;
  const organisers = await takeKey(desk, vote, '领取组织人开箱码');
  await desk.goto(`${vote}/announce`);
  await desk.getByRole('button', { name: '确认公告' }).click();
  await expect(desk.getByText('组织人和监票人都要先领取开箱钥匙')).toBeVisible();
  const codes = { organiser: organisers, scrutineer: await takeKey(scrutineer, vote, '领取监票人开箱码') };
  await desk.goto(vote);
  await desk.getByRole('link', { name: '公告', exact: true }).click();
  await desk.getByRole('button', { name: '确认公告' }).click();
  await expect(desk.getByText('已公告', { exact: true }).first()).toBeVisible();
  return { vote, codes };
}

/** Takes an opening key; the code is on this one page and nowhere else. */
async function takeKey(page: Page, vote: string, button: string): Promise<string> {
  await page.goto(`${vote}/keys`);
  await page.getByRole('button', { name: button }).click();
  const code = await page.locator('.opening-code .code').innerText();
  expect(code.replaceAll(' ', '')).toMatch(/^[0-9A-Z]{24}$/);
  await page.goto(`${vote}/keys`);
  await expect(page.locator('.opening-code')).toHaveCount(0);
  return code;
}

/** Downloads the building's poster as a picture. */
export function poster(page: Page, building: string): Promise<Buffer> {
  return download(page.getByRole('row').filter({ hasText: building }).getByRole('link', { name: 'PNG' }));
}

/** Gives a code; without the other person's nothing opens. */
async function give(page: Page, vote: string, code: string) {
  await page.goto(`${vote}/open`);
  await page.getByLabel('开箱码').fill(code);
  await page.getByRole('button', { name: '出示开箱码' }).click();
}

/** Organiser and scrutineer open the urn together, then the result is shown to everybody. */
export async function countAndPublish(desk: Page, scrutineer: Page, vote: string, codes: Codes) {
  await give(desk, vote, codes.scrutineer);
  await expect(desk.getByText('验证码不对').or(desk.locator('.issue')).first()).toBeVisible();
  await give(desk, vote, codes.organiser);
  await expect(desk.getByText('一个人打不开票箱')).toBeVisible();
  await give(desk, vote, codes.organiser);
  await expect(desk.getByText('一个人打不开票箱')).toBeVisible();
  await give(scrutineer, vote, codes.scrutineer.toLowerCase());
  await expect(scrutineer.getByText('已计票，待公布').first()).toBeVisible();
  await desk.goto(vote);
  await desk.getByRole('button', { name: '公布结果' }).click();
  await expect(desk.getByRole('link', { name: '看结果' })).toBeVisible();
}

/** The export of the count, as the browser downloads it from the result. */
export async function bundle(page: Page, vote: string): Promise<Buffer> {
  await page.goto(`${vote.replace('/console', '')}/result`);
  return download(page.getByRole('link', { name: '下载计票数据包' }));
}

/** The file behind a link. */
export async function download(link: Locator): Promise<Buffer> {
  const [file] = await Promise.all([link.page().waitForEvent('download'), link.click()]);
  return readFile(await file.path());
}
