// What a community worker does with the registry.

import type { Page } from '@playwright/test';
import { expect } from './test';

/** What the columns of the lists are called, sheet by sheet; those that the journeys leave empty are left out. */
export const HEADINGS = {
  房屋: ['小区', '幢', '单元', '房号', '面积', '用途', '开发商', '开发商信用代码', '已交付'],
  居民: ['姓名', '证件号码', '出生日期', '手机', '小区', '幢', '单元', '房号'],
  产权: ['小区', '幢', '单元', '房号', '姓名', '证件号码', '份额'],
};

/** An identity number of GB 11643 that the demo city does not have; `n` is below 100. */
export function idNumber(n: number): string {
  const body = `34100319850101${String(900 + n)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return body + '10X98765432'[[...body].reduce((sum, digit, at) => sum + Number(digit) * weights[at], 0) % 11];
}

/** Sends a list to be checked, from the page of the imports; stays on its own page. */
export async function send(page: Page, file: Buffer) {
  await page.getByLabel('名册文件').setInputFiles({
    name: '名册.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: file,
  });
  await page.getByRole('button', { name: '上传并检查' }).click();
  await expect(page).toHaveURL(/imports\/[0-9a-f-]{36}$/);
}

/** The work behind an import is done by a job; whoever has no JavaScript looks again. */
export async function settled(page: Page, told: string) {
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(told)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}

/** Searches the residents. */
export async function search(page: Page, text: string) {
  await page.goto('/console/people');
  await page.getByRole('searchbox').fill(text);
  await page.getByRole('button', { name: '查询' }).click();
}

/** Looks at a sealed field of the person shown and answers what it holds. */
export async function unmask(page: Page, name: string, button: '显示手机号' | '显示证件号码'): Promise<string> {
  const form = button === '显示手机号' ? /\d{11}/ : /\d{17}[\dX]/;
  const sheet = page.getByRole('region', { name, exact: true });
  await page.getByLabel('查看原因').selectOption('identity');
  await page.getByRole('button', { name: button }).click();
  await expect(sheet).toContainText(form);
  return (await sheet.textContent())?.match(form)?.[0] ?? '';
}
