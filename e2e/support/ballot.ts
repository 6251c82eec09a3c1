// What an owner does with a ballot.

import type { Page } from '@playwright/test';
import { expect } from './test';

/** Answers every item of a resolution, 赞成, 反对 or 弃权, and goes on to the review. */
export async function answer(phone: Page, answers: string[]) {
  for (const [item, said] of answers.entries()) {
    await phone.getByRole('group', { name: `${item + 1}. ` }).getByRole('radio', { name: said }).check();
  }
  await phone.getByRole('button', { name: '下一步：核对' }).click();
  await expect(phone.getByRole('region', { name: '您的选择' })).toContainText(new RegExp(answers.join('.*'), 's'));
}

/**
 * Casts what is under review and answers the receipt's code. A script lets the second of two taps do nothing; without
 * one the second tap would land on whatever the answer shows there.
 */
export async function cast(phone: Page, scripted: boolean): Promise<string> {
  const button = phone.getByRole('button', { name: '确认投出' });
  await (scripted ? button.dblclick() : button.click());
  await expect(phone).toHaveURL(/\/receipt\?code=/);
  await expect(phone.getByText('选票已收到')).toBeVisible();
  return new URL(phone.url()).searchParams.get('code') ?? '';
}
