// Owners decide: from the property manager's list to a count that a stranger verifies. What the pages say is compared
// with sums worked out here, from the list.

import type { BrowserContextOptions, Page } from '@playwright/test';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answer, cast } from './support/ballot';
import { outside } from './support/city.mjs';
import type { City } from './support/city.mjs';
import { AREAS, FAULTS, HEADS, MISTAKEN, NAME, SHEETS, address, areaOf, list, phoneOf, sum } from './support/compound';
import type { Head, Way } from './support/compound';
import { draftResolution } from './support/draft.mjs';
import { cookies } from './support/pages.mjs';
import { fact } from './support/facts';
import { PICTURE, enter, find } from './support/papers';
import { text } from './support/pdf.mjs';
import { signIn, signInAs } from './support/people.mjs';
import { search, send, settled } from './support/registry';
import { expect, test } from './support/test';
import { bundle, countAndPublish, download, keyAndAnnounce } from './support/worker';

test.use({ ownCity: true });

const HOUR = 3_600_000;
/** Fifteen days of announcement and, should a holiday end them, the days after it. */
const OPENS = 20 * 24 * HOUR;
const CLOSES = OPENS + 8 * HOUR;
const TITLE = `${NAME} 2026 年业主大会表决`;
const ITEMS = ['1. 使用建筑物及其附属设施的维修资金', '2. 改变共有部分的用途'];

const MODES = [
  { title: '', mode: 'normal', javaScriptEnabled: true },
  { title: ' in elder mode', mode: 'elder', javaScriptEnabled: true },
  { title: ', residents without JavaScript', mode: 'normal', javaScriptEnabled: false },
];

for (const { title, mode, javaScriptEnabled } of MODES) {
  test(`owners decide${title}`, async ({ city, visitor }, info) => {
    test.setTimeout(300_000);
    const inMode = async (options: BrowserContextOptions) => {
      const page = await visitor(options);
      await page.context().addCookies(cookies(mode, city.origin));
      return page;
    };
    const [desk, scrutineer, grid] = await Promise.all([1, 2, 3].map(() => inMode({ viewport: { width: 1280, height: 800 } })));
    const phones = new Map<string, Promise<Page>>();
    /** Somebody's phone, signed in. */
    const phone = (name: string) => {
      const signed = async () => {
        const page = await inMode({ javaScriptEnabled });
        await signInAs(page, phoneOf(name));
        return page;
      };
      if (!phones.has(name)) phones.set(name, signed());
      return phones.get(name) as Promise<Page>;
    };
    const votes = (page: Page) => cast(page, javaScriptEnabled);

    await test.step('the operator enters the compound, a worker its list: ten faults are named and nothing is written', async () => {
      await writeFile(info.outputPath('areas.csv'), AREAS);
      expect(await city.hs('areas', info.outputPath('areas.csv'))).toMatchObject({ code: 0 });
      await signIn(desk, 'community_worker');
      await refusedList(desk, city);
    });
    await test.step('mended, the list is entered', () => mendedList(desk));
    const { vote, codes } = await test.step('a resolution is announced, fifteen days before it opens', async () => {
      await signIn(scrutineer, 'scrutineer');
      await draftResolution(desk, { title: TITLE, opensIn: OPENS, closesIn: CLOSES, place: new RegExp(`^\\s*${NAME}$`) });
      return keyAndAnnounce(desk, scrutineer);
    });
    const paper = vote.replace('/console', '');
    await test.step('an objection corrects the roll', async () => {
      await objection(await phone(MISTAKEN.head.owners[0]), desk, vote);
    });
    await test.step('co-owners name who votes for them', async () => {
      const [first, second] = byOwner('柏四美').owners;
      await names(await phone(second), paper, first, '还没有一致推选');
      await names(await phone(first), paper, first, `已推选 ${first} 投票`);
    });

    await city.ahead(OPENS + 60_000);
    await test.step('the poll opens; who has no phone is given a paper', async () => {
      await signIn(desk, 'community_worker');
      await desk.goto(`${vote}/papers`);
      await desk.getByRole('button', { name: '制票' }).click();
      await expect(fact(desk, '已制票')).toHaveText(ofRoll(ROLL.heads));
      await desk.goto(vote);
      await turnout(desk, []);
    });
    const receipts = new Map<Head, string>();
    await test.step('half vote by phone, and the picture of the turnout moves by itself', async () => {
      const [first, ...rest] = by('phone');
      const page = await phone(first.owners[0]);
      await page.goto('/voting');
      await page.getByRole('article').filter({ hasText: TITLE }).getByRole('link', { name: '去投票' }).click();
      await expect(page).toHaveURL(new RegExp(`${paper}$`));
      await answer(page, answers(first));
      receipts.set(first, await votes(page));
      for (const head of rest) {
        const page = await phone(head.owners[0]);
        await page.goto(paper);
        await expect(page.getByText(`您代表 1 票、${metres(areaOf(head))} ㎡（${head.homes.length} 套）`)).toBeVisible();
        await answer(page, answers(head));
        receipts.set(head, await votes(page));
      }
      await turnout(desk, by('phone'));
      await page.goto(paper);
      await expect(page.getByRole('heading', { name: '您已经投过票了' })).toBeVisible();
    });
    await test.step('some vote by proxy, with a mandate that a worker can look at', async () => {
      const [own, brought] = by('proxy');
      const agents = by('phone').map((head) => head.owners[0]);
      const owner = await phone(own.owners[0]);
      await owner.goto(`${paper}/mandates`);
      await nameAgent(owner, agents[0], '确认委托');
      await expect(owner.getByText(`由 ${agents[0]} 代投`)).toBeVisible();
      await looksAt(desk, vote, own.owners[0]);
      await desk.getByRole('link', { name: '代为登记' }).click();
      await desk.getByLabel('业主姓名').fill(brought.owners[0]);
      await desk.getByLabel('业主手机号').fill(phoneOf(brought.owners[0]));
      await nameAgent(desk, agents[0], '登记委托');
      await expect(desk.getByText('这位受托人接受的委托已达上限')).toBeVisible();
      await nameAgent(desk, agents[1], '登记委托');
      for (const [at, head] of [own, brought].entries()) {
        const agent = await phone(agents[at]);
        await agent.goto(`${paper}/mandates`);
        await agent.getByRole('link', { name: '去代投' }).click();
        await expect(agent.getByText(`您代表${head.owners[0]}投票`)).toBeVisible();
        await answer(agent, answers(head));
        receipts.set(head, await votes(agent));
      }
      await owner.goto(`${paper}/mandates`);
      await expect(owner.getByText('已代投')).toBeVisible();
    });
    await test.step('some on paper, entered by two workers of whom none sees what the other read', async () => {
      await signIn(grid, 'grid_worker');
      for (const head of by('paper')) {
        await find(grid, `${vote}/papers`, address(head.homes[0]));
        await enter(grid, answers(head), { scan: true });
        await expect(grid.getByText('等待另一位工作人员复录')).toBeVisible();
        await find(desk, `${vote}/papers`, address(head.homes[0]));
        await expect(desk.getByRole('radio', { checked: true })).toHaveCount(0);
        await enter(desk, answers(head));
        await expect(desk.getByText('已密封投入票箱')).toBeVisible();
      }
    });
    await test.step('who voted online and hands in a paper as well is shown at once, and counts once', async () => {
      await clash(grid, vote, by('phone')[by('phone').length - 1]);
      await desk.goto(`${vote}/papers`);
      await expect(fact(desk, '线上已投')).toHaveText(String(by('phone').length + by('proxy').length));
      await expect(fact(desk, '已计入')).toHaveText(String(by('paper').length));
      await expect(fact(desk, '与线上重复')).toHaveText('1');
      await desk.goto(vote);
      await turnout(desk, VOTED);
    });

    await city.ahead(CLOSES + 60_000);
    await test.step('one person opens nothing, organiser and scrutineer together do', async () => {
      await signIn(scrutineer, 'scrutineer');
      await countAndPublish(desk, scrutineer, vote, codes);
    });
    const reader = await phone(by('phone')[0].owners[0]);
    await test.step('the result: heads reach the majority and area misses it', () => result(reader, paper));
    await test.step('the minutes say the same on paper', () => minutes(reader));
    await test.step('a receipt finds its ballot in the count', async () => {
      for (const head of [by('phone')[0], by('proxy')[1]]) {
        await reader.goto(`${paper}/receipt?code=${receipts.get(head)}`);
        await expect(reader.getByText('已计入，选的是：')).toBeVisible();
        await expect(reader.getByText(head.says).first()).toBeVisible();
      }
    });
    await test.step('a stranger counts again, without us', () => outsideCount(reader, paper, info.outputPath('stranger')));
    await test.step(`all of it was seen in ${mode} mode`, async () => {
      for (const page of [desk, scrutineer, grid, reader]) {
        await expect(page.locator('html[data-elder]')).toHaveCount(mode === 'elder' ? 1 : 0);
      }
    });
  });
}

const by = (way: Way) => HEADS.filter((head) => head.way === way);
const byOwner = (name: string) => HEADS.filter((head) => head.owners.includes(name))[0];
/** What a head answers; for the second item are all. */
const answers = (head: Head) => [head.says, '赞成'];

const VOTED = HEADS.filter((head) => head.way !== 'none');
const [ROLL, PART, YES] = [HEADS, VOTED, VOTED.filter((head) => head.says === '赞成')].map(sum);

/** The arithmetic: a line's name on the page, in the minutes and in the stranger's count, the sum, whether it holds. */
const SUMS: [string, string, string, string, boolean][] = [
  ['面积参与达三分之二', '参与面积达三分之二', 'quorum_area', `3 × ${PART.area} = ${3 * PART.area} ≥ 2 × ${ROLL.area} = ${2 * ROLL.area}`, true],
  ['人数参与达三分之二', '参与人数达三分之二', 'quorum_heads', `3 × ${PART.heads} = ${3 * PART.heads} ≥ 2 × ${ROLL.heads} = ${2 * ROLL.heads}`, true],
  ['赞成面积过半', '赞成面积过半数', 'ordinary_area', `2 × ${YES.area} = ${2 * YES.area} ≤ ${PART.area}`, false],
  ['赞成人数过半', '赞成人数过半数', 'ordinary_heads', `2 × ${YES.heads} = ${2 * YES.heads} > ${PART.heads}`, true],
  ['赞成面积达四分之三', '赞成面积达四分之三', 'special_area', `4 × ${PART.area} = ${4 * PART.area} ≥ 3 × ${PART.area} = ${3 * PART.area}`, true],
  ['赞成人数达四分之三', '赞成人数达四分之三', 'special_heads', `4 × ${PART.heads} = ${4 * PART.heads} ≥ 3 × ${PART.heads} = ${3 * PART.heads}`, true],
];

const metres = (area: number) => (area / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
/** The sum as pages and minutes print it: areas in square metres, factors as they are. */
const readable = (code: string, sum: string, unit: string) =>
  code.endsWith('_area') ? sum.replace(/\d+(?! ×)\b/g, (area) => metres(Number(area))) + unit : sum;
const ofRoll = (heads: number) => new RegExp(`^${heads} ?/ ${ROLL.heads}$`);
/** Cut off after the last place shown, as the pages do. */
const percent = (part: number, whole: number, places: 0 | 1) => `${Math.floor((100 * 10 ** places * part) / whole) / 10 ** places}%`;

/** Sends the list with its faults: each is named with sheet, row, column and reason, and whoever insists enters nothing. */
async function refusedList(desk: Page, city: City) {
  await desk.goto('/console/people/imports');
  await send(desk, list(FAULTS));
  await settled(desk, '检查完毕，还没有写入登记');
  await expect(desk.getByRole('heading', { name: `不能导入的行（${FAULTS.length}）` })).toBeVisible();
  const told = desk.getByRole('table', { name: '不能导入的行' }).locator('tbody tr');
  await expect(told).toHaveText(FAULTS.map(({ sheet, row, column, reason }) => `${sheet}${row}${column}${reason}`));
  await desk.getByRole('button', { name: '导入', exact: true }).click();
  await expect(desk.getByText('还有不能导入的行').first()).toBeVisible();
  await search(desk, NAME);
  await expect(desk.getByText('没有找到符合条件的居民')).toBeVisible();
  expect(await city.sql(`SELECT count(*) FROM dwellings WHERE address LIKE '${NAME}%'`)).toBe('0');
}

/** Sends it without them: as many rows are new as it has. */
async function mendedList(desk: Page) {
  await desk.goto('/console/people/imports');
  await send(desk, list([]));
  await settled(desk, '检查完毕，还没有写入登记');
  await expect(desk.getByRole('table', { name: '不能导入的行' })).toHaveCount(0);
  const found = desk.getByRole('table', { name: '检查结果' }).locator('tbody tr');
  await expect(found).toHaveText(Object.entries(SHEETS).map(([sheet, rows]) => `${sheet}${rows.length - 1}000${sheet === '产权' ? 0 : '—'}`));
  await desk.getByRole('button', { name: '导入', exact: true }).click();
  await settled(desk, '已写入登记。');
}

/** An owner finds a wrong area on the roll; a worker compares it with the title deed and grants the objection. */
async function objection(phone: Page, desk: Page, vote: string) {
  const [paper, right] = [vote.replace('/console', ''), areaOf(MISTAKEN.head)];
  const line = phone.locator('.register li').filter({ hasText: address(MISTAKEN.head.homes[0]) });
  await phone.goto(`${paper}/roll`);
  await expect(phone.locator('.register li')).toHaveCount(HEADS.length);
  await expect(line).toContainText(`${metres(MISTAKEN.area)} ㎡ · 1 套`);
  await phone.goto(`${paper}/objections`);
  await phone.getByRole('radio', { name: '面积有误' }).check();
  await phone.getByLabel('说明').fill(`房产证面积是 ${metres(right)} 平方米`);
  await phone.getByLabel('证明照片').setInputFiles(PICTURE);
  await phone.getByRole('button', { name: '提出异议' }).click();
  await expect(phone.getByText('待处理')).toBeVisible();
  await desk.goto(`${vote}/objections`);
  await desk.getByRole('radio', { name: '异议成立', exact: true }).check();
  await desk.getByLabel('更正后的面积').fill(metres(right));
  await desk.getByLabel('处理理由').fill('已核对不动产权证');
  await desk.getByRole('button', { name: '确认处理' }).click();
  await expect(desk.getByRole('row').nth(1)).toContainText('成立');
  await phone.goto(`${paper}/roll`);
  for (const head of HEADS) {
    const line = phone.locator('.register li').filter({ hasText: address(head.homes[0]) });
    await expect(line).toContainText(`${metres(areaOf(head))} ㎡ · ${head.homes.length} 套`);
  }
}

/** A co-owner names who casts the ballot of both. */
async function names(phone: Page, paper: string, voter: string, told: string) {
  await phone.goto(`${paper}/voter`);
  await phone.getByRole('radio', { name: voter }).check();
  await phone.getByRole('button', { name: '确认推选' }).click();
  await expect(phone.getByText(told)).toBeVisible();
}

/** What the open page shows of the turnout: heads, area, and a picture of the buildings. */
async function turnout(page: Page, voted: Head[]) {
  const part = sum(voted);
  await expect(fact(page, '参与人数')).toHaveText(ofRoll(part.heads));
  await expect(fact(page, '参与面积')).toHaveText(percent(part.area, ROLL.area, 1));
  const inside = (heads: Head[], building: number) => sum(heads.filter((head) => head.homes[0].building === building));
  for (const [picture, of] of [['人数', 'heads'], ['面积', 'area']] as const) {
    const houses = [1, 2].map((n) => `${n}幢 ${percent(inside(voted, n)[of], inside(HEADS, n)[of], 0)}`);
    await expect(page.getByRole('img', { name: `各楼栋${picture}参与率，虚线为 2/3：${houses.join('，')}` })).toBeVisible();
  }
}

/** Names an agent with a picture of the signed paper. */
async function nameAgent(page: Page, agent: string, button: string) {
  await page.getByLabel('受托人姓名').fill(agent);
  await page.getByLabel('受托人手机号').fill(phoneOf(agent));
  await page.getByLabel('委托书照片').setInputFiles(PICTURE);
  await page.getByRole('button', { name: button }).click();
}

/** A worker sees an owner's mandate, and the paper behind it. */
async function looksAt(desk: Page, vote: string, owner: string) {
  await desk.goto(`${vote}/mandates`);
  const row = desk.getByRole('row').filter({ hasText: owner });
  await expect(row).toContainText('有效');
  const picture = await desk.request.get((await row.getByRole('link', { name: '查看' }).getAttribute('href')) ?? '');
  expect([picture.status(), picture.headers()['content-type']]).toEqual([200, 'image/jpeg']);
}

/** The paper of somebody who voted online. */
async function clash(worker: Page, vote: string, head: Head) {
  await find(worker, `${vote}/papers`, address(head.homes[0]));
  await expect(worker.getByText('已在线上投票，这张纸质票不计入')).toBeVisible();
  await worker.getByRole('button', { name: '记为不计入' }).click();
  await expect(worker.getByText('这张票不计入').first()).toBeVisible();
}

async function result(page: Page, paper: string) {
  await page.goto(`${paper}/result`);
  await expect(page.getByRole('region', { name: ITEMS[0] }).getByRole('listitem')).toHaveText('未通过');
  await expect(page.getByRole('region', { name: ITEMS[1] }).getByRole('listitem')).toHaveText('通过');
  await expect(fact(page, '参与人数')).toHaveText(ofRoll(PART.heads));
  await expect(fact(page, '参与面积')).toHaveText(percent(PART.area, ROLL.area, 1));
  const sides = page.getByRole('region', { name: '得票' }).locator('.standings').first().getByRole('listitem');
  await expect(sides.nth(0)).toHaveText(`赞成${metres(YES.area)} ㎡${YES.heads} 票`);
  await expect(sides.nth(1)).toHaveText(`反对${metres(PART.area - YES.area)} ㎡${PART.heads - YES.heads} 票`);
  const lines = page.getByRole('region', { name: '计算过程' }).locator('dl > div');
  for (const [name, , code, sum, holds] of SUMS) {
    await expect(lines.filter({ hasText: name })).toHaveText(`${name}${readable(code, sum, ' ㎡')}${holds ? '成立' : '不成立'}`);
  }
}

async function minutes(page: Page) {
  const said = text(await download(page.getByRole('link', { name: '表决记录（PDF）' })));
  const parts = [
    TITLE,
    `名册${ROLL.heads}${metres(ROLL.area)}`,
    `参与${PART.heads}${metres(PART.area)}`,
    `其中手机投票${by('phone').length + by('proxy').length}其中纸质表决票${by('paper').length}`,
    ...SUMS.map(([, name, code, sum, holds]) => `${name}${readable(code, sum, 'm²')}${holds ? '成立' : '不成立'}`),
    '表决未通过。',
    '表决通过。',
    '面积有误成立已核对不动产权证',
    '组织人汪丽娟监票人江建平',
  ];
  for (const part of parts) expect(said).toContain(part.replaceAll(' ', ''));
}

/** Somebody with the program and the file alone counts the same, and sees when a vote was changed. */
async function outsideCount(page: Page, paper: string, folder: string) {
  const count = await bundle(page, paper);
  await mkdir(folder);
  await writeFile(join(folder, 'count.json'), count);
  const { code, output } = await outside(folder, 'verify-election', 'count.json');
  expect(code, output).toBe(0);
  expect(output).toContain(`heads ${ROLL.heads}, ballots ${PART.heads}, invalid 0`);
  for (const [, , name, sum, holds] of SUMS) expect(output).toContain(`${name}: ${sum} (${holds ? 'holds' : 'does not hold'})`);
  await writeFile(join(folder, 'count.json'), count.toString().replace('"choices":[[2],[1]]', '"choices":[[1],[1]]'));
  expect((await outside(folder, 'verify-election', 'count.json')).code).not.toBe(0);
  expect(await readdir(folder), 'nothing else is needed or made').toEqual(['count.json']);
}
