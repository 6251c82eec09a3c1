// What a community worker does with a vote.

import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { draft } from './draft.mjs';
import { expect } from './test';

export { CANDIDATES } from './draft.mjs';

/** The vote of the journeys. */
export const TITLE = '龙北小区 2 幢业主代表选举';

/**
 * Drafts the vote and announces it.
 * @returns the path of the worker's page of the vote
 */
export async function announce(page: Page, poll: { opensIn: number; closesIn: number }): Promise<string> {
  await draft(page, { title: TITLE, ...poll });
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
