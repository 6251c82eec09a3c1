// The draft of a vote, as a community worker writes it.

/** The demo city's candidates of 2 幢. */
export const CANDIDATES = ['程建国', '胡秀英', '汪志明'];

/** 2 幢 of 龙北小区, by its option. */
const BUILDING = /龙北小区.*(?<!\d)2 ?幢/;

/**
 * Drafts the election of one representative for the building, and stays on the draft's page.
 * @param {import('@playwright/test').Page} page
 * @param {{ title: string, opensIn: number, closesIn: number }} poll times in milliseconds from now
 */
export async function draft(page, { title, opensIn, closesIn }) {
  await page.goto('/console/voting');
  await page.getByRole('link', { name: '新建投票' }).click();
  await page.getByLabel('标题', { exact: true }).fill(title);
  const area = page.getByLabel('范围');
  await area.selectOption(await area.getByRole('option', { name: BUILDING }).first().getAttribute('value'));
  await page.getByLabel('应选名额').fill('1');
  await page.getByLabel('开始时间').fill(minuteIn(opensIn));
  await page.getByLabel('截止时间').fill(minuteIn(closesIn));
  for (const [at, name] of CANDIDATES.entries()) {
    await page.getByLabel(`第 ${at + 1} 位姓名`).fill(name);
    await page.getByLabel(`第 ${at + 1} 位参选陈述`).fill(`${name}：楼道的事，大家商量着办。`);
  }
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.waitForURL(/\/console\/voting\/[0-9a-f-]{36}$/);
}

/**
 * Drafts a resolution of two common items, an ordinary one and one that three quarters must agree to, and stays on
 * the draft's page.
 * @param {import('@playwright/test').Page} page
 * @param {{ title: string, opensIn: number, closesIn: number, place?: RegExp }} poll times in milliseconds from now;
 *   the place by its option, the building if not said
 */
export async function draftResolution(page, { title, opensIn, closesIn, place = BUILDING }) {
  await page.goto('/console/voting/new?kind=resolution');
  await page.getByRole('button', { name: '使用建筑物及其附属设施的维修资金' }).click();
  await page.getByRole('button', { name: '改变共有部分的用途' }).click();
  await page.getByLabel('标题', { exact: true }).fill(title);
  const area = page.getByLabel('范围');
  await area.selectOption(await area.getByRole('option', { name: place }).first().getAttribute('value'));
  await page.getByLabel('开始时间').fill(minuteIn(opensIn));
  await page.getByLabel('截止时间').fill(minuteIn(closesIn));
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.waitForURL(/\/console\/voting\/[0-9a-f-]{36}$/);
}

/** The minute so many milliseconds from now, as Huangshan's clocks show it and forms want it. */
function minuteIn(ms) {
  const HUANGSHAN_MS = 8 * 3_600_000;
  return new Date(Date.now() + ms + HUANGSHAN_MS).toISOString().slice(0, 16);
}
