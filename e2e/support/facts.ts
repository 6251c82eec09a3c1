import type { Locator, Page } from '@playwright/test';

/** The figure that stands large below this name. */
export const fact = (page: Page, name: string): Locator =>
  page.locator('.facts > div').filter({ has: page.locator('dt', { hasText: name }) }).locator('dd.num');
