// What workers do with ballots on paper.

import type { Page } from '@playwright/test';
import { expect } from './test';

/** A picture of one white point: a scan, a proof of delivery, a mandate. */
export const PICTURE = {
  name: 'scan.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC',
    'base64',
  ),
};

/** Finds the paper of a door, as a worker does who has no scanner. */
export async function find(page: Page, papers: string, door: string) {
  await page.goto(`${papers}/enter`);
  await page.getByRole('searchbox').fill(door);
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.getByRole('heading', { name: door })).toBeVisible();
}

/** Enters what stands on it, one answer an item, with or without its scan. */
export async function enter(page: Page, answers: string[], { scan = false } = {}) {
  for (const [item, answer] of answers.entries()) {
    await page.locator('fieldset.marked').nth(item).getByRole('radio', { name: answer }).check();
  }
  if (scan) await page.getByLabel('选票扫描件').setInputFiles(PICTURE);
  await page.getByRole('button', { name: '确认录入' }).click();
}
