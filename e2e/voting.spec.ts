import type { Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { cast } from './support/ballot';
import { signIn, signInAs } from './support/people.mjs';
import { read } from './support/qr.mjs';
import { search, unmask } from './support/registry';
import { expect, test } from './support/test';
import { CANDIDATES, TITLE, announce, bundle, countAndPublish, idOf, keyAndAnnounce, poster } from './support/worker';
import { draftResolution } from './support/draft.mjs';

test.use({ ownCity: true });

const MINUTE = 60_000;
const [CHOSEN, OTHER] = CANDIDATES;

/** What follows from events is there within seconds, not at once: events are sealed first. */
const SOON = { timeout: 20_000 };

for (const javaScriptEnabled of [true, false]) {
  const residents = javaScriptEnabled ? '' : ', its residents without JavaScript';
  test(`a building votes by QR code${residents}`, async ({ city, visitor }, info) => {
    const desk = await visitor({ viewport: { width: 1280, height: 800 } });
    const scrutineer = await visitor({ viewport: { width: 1280, height: 800 } });
    const phone = await visitor({ javaScriptEnabled });
    const secondPhone = await visitor({ javaScriptEnabled });
    const neighbour = await visitor({ javaScriptEnabled });

    const { vote, codes } = await test.step('a worker creates the vote, two persons take a key, it is announced', async () => {
      await signIn(desk, 'community_worker');
      await signIn(scrutineer, 'scrutineer');
      return announce(desk, scrutineer, { opensIn: 30 * MINUTE, closesIn: 120 * MINUTE });
    });
    const link = await test.step('the poster carries a short link', async () => {
      const text = read(await poster(desk, '2幢'));
      expect(text).toMatch(new RegExp(`^${city.origin}/v/[0-9A-Z]+$`));
      return text as string;
    });
    await city.ahead(31 * MINUTE);

    await test.step('a signed-out resident opens the link, signs in and lands on the ballot', async () => {
      await arrive(phone, link, 'resident');
      await mark(phone, CHOSEN);
    });
    await test.step('so does a second phone of hers', async () => {
      await arrive(secondPhone, link, 'resident');
      await mark(secondPhone, OTHER);
    });
    const receipt = await test.step('the first phone casts and is given a receipt', () => cast(phone, javaScriptEnabled));
    await test.step('the second is refused', async () => {
      await secondPhone.getByRole('button', { name: '确认投出' }).click();
      await expect(secondPhone.getByText('您已经投过票了').first()).toBeVisible();
      await secondPhone.goto(link);
      await expect(secondPhone.getByRole('heading', { name: '您已经投过票了' })).toBeVisible();
    });
    await test.step('the doorstep list names who is waited for, and not who has voted', async () => {
      await desk.goto(vote);
      await desk.getByRole('link', { name: '未投票上门名单' }).click();
      await expect(desk.getByText(/共 [1-9]\d* 人还没有投票/)).toBeVisible();
      await expect(desk.getByRole('rowheader').first()).toBeVisible();
      await expect(desk.getByRole('rowheader', { name: '王秀兰' })).toHaveCount(0);
    });
    await test.step('a resident of another building is told so', async () => {
      await neighbour.goto(link);
      await signIn(neighbour, 'two_flats');
      await expect(neighbour.getByRole('heading', { name: '这是别处的投票' })).toBeVisible();
    });
    await test.step('a code that is none of ours is told so', async () => {
      expect((await neighbour.goto('/v/ABCDEFGH2345'))?.status()).toBe(404);
      await expect(neighbour.getByRole('heading', { name: '没有这个二维码' })).toBeVisible();
    });

    await city.ahead(121 * MINUTE);
    await test.step('after the closing time nobody votes any more', async () => {
      await neighbour.goto(link);
      await expect(neighbour.getByRole('heading', { name: '投票已截止' })).toBeVisible();
    });
    await test.step('organiser and scrutineer open the urn together, neither alone', () => countAndPublish(desk, scrutineer, vote, codes));
    await test.step('the result shows its arithmetic', async () => {
      await phone.goto(link);
      await phone.getByRole('link', { name: '看结果' }).click();
      await expect(phone.getByRole('heading', { level: 1 })).toHaveText(TITLE);
      await expect(phone.getByRole('region', { name: '得票' })).toContainText(new RegExp(`${CHOSEN}未当选1\\s*票`));
      await expect(phone.getByText('没有人当选')).toBeVisible();
      const sums = phone.getByRole('region', { name: '计算过程' });
      await expect(sums).toContainText('收回票 = 参与人数');
      await expect(sums).toContainText(/人数参与达三分之二.*3 × 1 = 3/);
    });
    await test.step('the receipt finds the ballot in the count', async () => {
      await phone.getByRole('link', { name: '我的票计入了吗？' }).click();
      await phone.getByLabel('回执码').fill(receipt);
      await phone.getByRole('button', { name: '查询' }).click();
      await expect(phone.getByText('已计入，选的是：')).toBeVisible();
      await expect(phone.getByText(CHOSEN).first()).toBeVisible();
    });
    await test.step('taking part brought points and a message', async () => {
      await expectAfterReloads(phone, '/points', '参加投票');
      await expectAfterReloads(phone, '/inbox', '参加投票，获得');
    });
    await test.step('anybody can count again, and sees when a byte was changed', async () => {
      const count = await bundle(desk, vote);
      const file = info.outputPath('bundle.json');
      await writeFile(file, count);
      expect(await city.hs('verify-election', file)).toMatchObject({ code: 0 });
      count[Math.floor(count.length / 2)] ^= 1;
      await writeFile(file, count);
      expect((await city.hs('verify-election', file)).code).not.toBe(0);
    });
    await test.step('the log verifies', async () => {
      expect(await city.hs('verify-log')).toMatchObject({ code: 0 });
    });
  });
}

for (const javaScriptEnabled of [true, false]) {
  const residents = javaScriptEnabled ? '' : ', its residents without JavaScript';
  test(`owners decide two items${residents}`, async ({ city, visitor }, info) => {
    const desk = await visitor({ viewport: { width: 1280, height: 800 } });
    const scrutineer = await visitor({ viewport: { width: 1280, height: 800 } });
    const phone = await visitor({ javaScriptEnabled });

    const { vote, codes } = await test.step('a worker takes two common items and announces them', async () => {
      await signIn(desk, 'community_worker');
      await signIn(scrutineer, 'scrutineer');
      await draftResolution(desk, { title: '2 幢业主表决', opensIn: 30 * MINUTE, closesIn: 120 * MINUTE });
      return keyAndAnnounce(desk, scrutineer);
    });
    await test.step('before the poll the roll can be read, names masked', async () => {
      await signIn(phone, 'resident');
      await phone.goto(vote.replace('/console', ''));
      await phone.getByRole('link', { name: '核对名册' }).click();
      await phone.getByLabel('门牌或姓氏').fill('王');
      await phone.getByRole('button', { name: '查询' }).click();
      await expect(phone.getByText(/王\*\*/).first()).toBeVisible();
      await expect(phone.getByText('王秀兰')).toHaveCount(0);
    });
    await city.ahead(31 * MINUTE);
    const receipt = await test.step('an owner answers both items; one left out is told beside it', async () => {
      await phone.goto(vote.replace('/console', ''));
      const items = phone.getByRole('group');
      await items.filter({ hasText: '1. ' }).getByRole('radio', { name: '赞成' }).check();
      await phone.getByRole('button', { name: '下一步：核对' }).click();
      await expect(items.filter({ hasText: '2. ' })).toContainText('请选择赞成、反对或弃权');
      await expect(items.filter({ hasText: '1. ' }).getByRole('radio', { name: '赞成' })).toBeChecked();
      await items.filter({ hasText: '2. ' }).getByRole('radio', { name: '反对' }).check();
      await phone.getByRole('button', { name: '下一步：核对' }).click();
      await expect(phone.getByRole('region', { name: '您的选择' })).toContainText(/赞成.*反对/s);
      return cast(phone, javaScriptEnabled);
    });
    await city.ahead(121 * MINUTE);
    await test.step('organiser and scrutineer open the urn together', () => countAndPublish(desk, scrutineer, vote, codes));
    await test.step('the result prints the arithmetic of each item', async () => {
      await phone.goto(`${vote.replace('/console', '')}/result`);
      await expect(phone.getByText('未通过').first()).toBeVisible();
      const sums = phone.getByRole('region', { name: '计算过程' });
      await expect(sums).toContainText(/赞成人数过半2 × 1 = 2 > 1/);
      await expect(sums).toContainText(/赞成人数达四分之三4 × 0 = 0 < 3 × 1 = 3/);
      await expect(phone.getByText('有一方不足 5 票').first()).toBeVisible();
    });
    await test.step('the receipt finds what was said', async () => {
      await phone.goto(`${vote.replace('/console', '')}/receipt?code=${receipt}`);
      await expect(phone.getByText('已计入，选的是：')).toBeVisible();
    });
    await test.step('anybody can count again', async () => {
      const file = info.outputPath('bundle.json');
      await writeFile(file, await bundle(desk, vote));
      expect(await city.hs('verify-election', file)).toMatchObject({ code: 0 });
    });
  });
}

test('heads reach the threshold and area misses it', async ({ visitor }) => {
  const page = await visitor();
  await signIn(page, 'community_worker');
  await page.goto('/console/voting?search=电梯更换');
  await page.goto((await page.getByRole('table').getByRole('link').first().getAttribute('href')) ?? '');
  await page.getByRole('link', { name: '看结果' }).click();
  await expect(page.getByText('未通过').first()).toBeVisible();
  const sums = page.getByRole('region', { name: '计算过程' });
  await expect(sums.locator('dl > div').filter({ hasText: '赞成人数过半' })).toContainText('>');
  await expect(sums.locator('dl > div').filter({ hasText: '赞成面积过半' })).toContainText('≤');
});

test('co-owners have one ballot together', async ({ visitor }) => {
  const page = await visitor({ javaScriptEnabled: false });
  await signIn(page, 'resident');
  await page.goto('/voting');
  const href = await page.getByRole('link', { name: '去投票' }).first().getAttribute('href');
  await page.goto(`${href}/voter`);
  await expect(page.getByText('您没有与他人共有的房屋')).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
  test(`the desk notes whom co-owners have named${javaScriptEnabled ? '' : ', without JavaScript'}`, async ({ city, visitor }) => {
    const vote = `/voting/${await idOf(city, '龙北小区 5 幢楼栋代表选举')}`;
    const roll = `/console${vote}/roll`;
    const desk = await visitor({ javaScriptEnabled, viewport: { width: 1280, height: 800 } });
    const sheet = desk.getByRole('region', { name: '名册与投票人' });
    await signIn(desk, 'community_worker');
    const { door, names } = await test.step('the roll begins with a home that nobody votes for yet', async () => {
      await desk.goto(`/console${vote}`);
      await desk.getByRole('link', { name: '名册与投票人' }).click();
      const door = await sheet.getByRole('heading', { level: 2 }).innerText();
      await expect(desk.getByRole('row').filter({ hasText: door })).toContainText('待推选');
      const names = await sheet.locator('.members b').allInnerTexts();
      expect(names).toHaveLength(2);
      return { door, names };
    });
    const [first, second] = await test.step('its owners look on their phones', async () => {
      const phones = [];
      for (const name of names) {
        await search(desk, name);
        await desk.getByRole('row').filter({ hasText: door }).getByRole('link', { name }).click();
        const number = await unmask(desk, name, '显示手机号');
        phones.push(await visitor({ javaScriptEnabled }));
        await signInAs(phones[phones.length - 1], number);
      }
      return phones;
    });
    await test.step('nobody chosen, or no evidence, is told beside the field', async () => {
      await first.goto(`${vote}/voter`);
      await expect(first.getByText('还没有一致推选')).toBeVisible();
      await first.getByRole('button', { name: '确认推选' }).click();
      await expect(first.getByRole('group', { name: '我推选' })).toContainText('请填写');
      await desk.goto(roll);
      await desk.getByLabel('依据').fill('收到两名共有人签名的推选书');
      await desk.getByRole('button', { name: '登记投票人' }).click();
      await expect(sheet.getByRole('group', { name: '共有人推选' })).toContainText('请填写');
      await expect(sheet.getByRole('heading', { level: 2 })).toHaveText(door);
      await sheet.getByRole('radio', { name: names[1] }).check();
      await desk.getByLabel('依据').fill('');
      await desk.getByRole('button', { name: '登记投票人' }).click();
      await expect(desk.getByLabel('依据')).toHaveAccessibleDescription(/请填写/);
      await expect(sheet.getByRole('radio', { name: names[1] })).toBeChecked();
    });
    await test.step('with the signed paper it is settled, for the roll and for both', async () => {
      await desk.getByLabel('依据').fill('收到两名共有人签名的推选书，已核对身份证');
      await desk.getByRole('button', { name: '登记投票人' }).click();
      await expect(desk.getByRole('row').filter({ hasText: door })).toContainText('已确定');
      await expect(sheet.getByRole('listitem').filter({ hasText: names[1] })).toContainText('投票人');
      for (const phone of [first, second]) {
        await phone.goto(`${vote}/voter`);
        await expect(phone.getByText(`已推选 ${names[1]} 投票`)).toBeVisible();
      }
    });
    await city.ahead(8 * 24 * 60 * MINUTE);
    await test.step('once the poll is open the one has the ballot, and the other is told who has it', async () => {
      await second.goto(vote);
      await expect(second.getByRole('radio', { name: '弃权' })).toBeVisible();
      await first.goto(vote);
      await expect(first.getByRole('heading', { name: '这张票由共有人推选的人来投' })).toBeVisible();
    });
  });
}

/** Scans the poster with a phone nobody is signed in on. */
async function arrive(phone: Page, link: string, login: string) {
  await phone.goto(link);
  await expect(phone).toHaveURL(/\/sign-in\?next=/);
  await signIn(phone, login);
  await expect(phone).toHaveURL(/\/voting\/[0-9a-f-]{36}$/);
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText(TITLE);
}

/** Chooses and goes on to the review. */
async function mark(phone: Page, candidate: string) {
  await phone.getByRole('radio', { name: candidate }).check();
  await phone.getByRole('button', { name: '下一步：核对' }).click();
  await expect(phone.getByRole('region', { name: '您的选择' })).toContainText(candidate);
}

/** Looks at a page again and again until a text stands on it. */
async function expectAfterReloads(page: Page, path: string, text: string) {
  await expect(async () => {
    await page.goto(path);
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 500 });
  }).toPass(SOON);
}
