import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { freshPhone, signIn, signInAs } from './support/people.mjs';
import { HEADINGS, idNumber, search, send, settled, unmask } from './support/registry';
import { expect, test } from './support/test';
import { workbook } from './support/xlsx.mjs';

test.use({ ownCity: true, viewport: { width: 1280, height: 800 } });

const NAME = '王秀兰';
const PHONE = '13855900001';

test('a worker finds a resident, looks at a sealed field, and the resident is told', async ({ visitor }) => {
  const desk = await visitor();
  await signIn(desk, 'community_worker');
  await test.step('by name, phone and address; phone and identity number are masked', async () => {
    for (const text of [NAME, PHONE, '138 5590 0001', '龙北小区2幢1单元301']) {
      await search(desk, text);
      const row = desk.getByRole('row').filter({ hasText: NAME });
      await expect(row, text).toHaveCount(1);
      await expect(row).toContainText('138****0001');
      await expect(row).toContainText(/\d\*{16}[\dX]/);
    }
    expect(await desk.content()).not.toContain(PHONE.slice(3));
  });
  await test.step('without a reason nothing is shown', async () => {
    await search(desk, NAME);
    await desk.getByRole('link', { name: NAME }).click();
    await desk.getByRole('button', { name: '显示手机号' }).click();
    await expect(desk.getByLabel('查看原因')).toHaveAccessibleDescription(/请/);
    await expect(sheet(desk)).toContainText('138****0001');
  });
  await test.step('with a reason the field is, and no address holds it', async () => {
    expect(await unmask(desk, NAME, '显示手机号')).toBe(PHONE);
    expect(desk.url()).not.toContain(PHONE);
  });
  await test.step('by identity number', async () => {
    const number = await unmask(desk, NAME, '显示证件号码');
    await search(desk, number.toLowerCase());
    await expect(desk.getByRole('row').filter({ hasText: NAME })).toHaveCount(1);
  });
  await test.step('the resident sees that both were looked at, and why', async () => {
    const phone = await visitor({ viewport: { width: 360, height: 740 } });
    await signIn(phone, 'resident');
    await phone.goto('/inbox');
    await expect(phone.getByText('为核对身份，查看了您的手机号').first()).toBeVisible();
    await expect(phone.getByText('为核对身份，查看了您的证件号码').first()).toBeVisible();
    await phone.goto('/me');
    await phone.getByRole('link', { name: '我的档案' }).click();
    const looks = phone.getByRole('region', { name: '谁查看过我的信息' });
    await expect(looks.getByText('社区工作者').first()).toBeVisible();
    await expect(looks.getByText('证件号码 · 核对身份').first()).toBeVisible();
    await expect(phone.getByText('138****0001')).toBeVisible();
  });
});

test('who may search only is not offered to look', async ({ visitor }) => {
  const desk = await visitor();
  await signIn(desk, 'grid_worker');
  await search(desk, NAME);
  await desk.getByRole('link', { name: NAME }).click();
  await expect(sheet(desk)).toContainText('138****0001');
  await expect(sheet(desk).getByRole('button')).toHaveCount(0);
});

const door = (label: string, building = '1幢') => ['龙北小区', building, '1单元', label];

/** A compound's new floor with ten faults planted, or without them. */
function list(faulty: boolean) {
  const [one, two, three] = [1, 2, 3].map(idNumber);
  const wrong = (text: string, right: string) => (faulty ? text : right);
  return workbook({
    房屋: [
      HEADINGS.房屋,
      [...door('1901'), '98.50', '住宅'],
      [...door(wrong('1901', '1902')), '98.50', '住宅'],
      [...door('1903'), wrong('98.505', '98.50'), '住宅'],
      [...door('1904', wrong('99幢', '1幢')), '45', wrong('城堡', '商铺')],
    ],
    居民: [
      HEADINGS.居民,
      ['佘一', one, '', wrong('1234', '13955501001'), ...door('1901')],
      ['佘二', wrong(one, two), '', '', ...door('1901')],
      ['佘三', wrong('110105194912310021', three), '', '', ...door('1903')],
      [wrong('', '佘小'), '', wrong('2023-02-29', '2015-03-01'), '', ...door('1903')],
    ],
    产权: [
      HEADINGS.产权,
      [...door('1901'), '佘一', one, '1/2'],
      [...door('1901'), '佘二', two, wrong('1/3', '1/2')],
    ],
  });
}

test('a list with planted faults is refused row by row, mended, and entered', async ({ visitor }) => {
  const desk = await visitor({ javaScriptEnabled: false });
  await signIn(desk, 'community_worker');
  await test.step('the template leads the way', async () => {
    await desk.goto('/console/people');
    await desk.getByRole('link', { name: '批量导入' }).click();
    const [template] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('link', { name: '下载模板' }).click()]);
    expect(await template.failure()).toBeNull();
  });
  await test.step('nothing chosen, or no list, is told beside the field', async () => {
    await desk.getByRole('button', { name: '上传并检查' }).click();
    await expect(desk.getByLabel('名册文件')).toHaveAccessibleDescription(/请填写/);
  });
  await test.step('every fault is named with sheet, row, column and reason', async () => {
    await send(desk, list(true));
    await settled(desk, '检查完毕，还没有写入登记');
    const faults = desk.getByRole('table', { name: '不能导入的行' });
    for (const words of [
      ['房屋', '3', '房号', '与第 2 行重复'],
      ['房屋', '4', '面积', '格式不对'],
      ['房屋', '5', '幢', '登记中没有'],
      ['房屋', '5', '用途', '登记中没有'],
      ['居民', '2', '手机', '格式不对'],
      ['居民', '4', '证件号码', '校验码或日期不对'],
      ['居民', '5', '姓名', '缺少内容'],
      ['产权', '3', '份额', '份额合计不为 1'],
    ]) {
      await expect(faults.getByRole('row').filter({ hasText: new RegExp(words.join('.*')) }), words.join(' ')).toHaveCount(1);
    }
    const [book] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('link', { name: '导出 XLSX' }).click()]);
    expect(await book.failure()).toBeNull();
  });
  await test.step('none of it is entered, whoever presses the button', async () => {
    await desk.getByRole('button', { name: '导入', exact: true }).click();
    await expect(desk.getByText('还有不能导入的行').first()).toBeVisible();
    await search(desk, '佘');
    await expect(desk.getByText('没有找到符合条件的居民')).toBeVisible();
  });
  await test.step('mended, it is counted and entered', async () => {
    await desk.goto('/console/people/imports');
    await send(desk, list(false));
    await settled(desk, '检查完毕，还没有写入登记');
    await expect(desk.getByRole('table', { name: '不能导入的行' })).toHaveCount(0);
    await desk.getByRole('button', { name: '导入', exact: true }).click();
    await settled(desk, '已写入登记。');
    await search(desk, '佘');
    await expect(desk.getByRole('table').getByRole('row')).toHaveCount(5);
    await search(desk, idNumber(1));
    await expect(desk.getByRole('row').filter({ hasText: '佘一' })).toContainText('139****1001');
  });
  await test.step('today its owners are there, the day before they were not', async () => {
    await desk.goto('/console/people/as-of?area=3410.03.100.004.g01.c01.b01');
    await expect(desk.getByRole('row').filter({ hasText: '1单元1901' })).toContainText('佘一 1/2，佘二 1/2');
    await desk.goto('/console/people/as-of?area=3410.03.100.004.g01.c01.b01&day=2026-01-01');
    await expect(desk.getByRole('row').filter({ hasText: '1单元1901' })).toHaveCount(0);
    await expect(desk.getByRole('row').filter({ hasText: '1单元101' })).not.toHaveCount(0);
  });
  await test.step('what is exported comes back as it is', async () => {
    await desk.goto('/console/people/imports');
    await desk.getByText('按模板格式导出').click();
    const [book] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('button', { name: '导出', exact: true }).click()]);
    await send(desk, await readFile(await book.path()));
    await settled(desk, '检查完毕，还没有写入登记');
    for (const row of ['房屋', '居民', '产权']) {
      await expect(desk.getByRole('row').filter({ hasText: new RegExp(`^${row}00[1-9]\\d*0(0|—)$`) })).toHaveCount(1);
    }
  });
});

for (const javaScriptEnabled of [true, false]) {
  test(`a resident asks for corrections, a worker decides${javaScriptEnabled ? '' : ', without JavaScript'}`, async ({ visitor }) => {
    const phone = await visitor({ javaScriptEnabled, viewport: { width: 360, height: 740 } });
    const desk = await visitor();
    await signIn(phone, 'two_flats');
    await test.step('what cannot be is told beside the field, and kept', async () => {
      await ask(phone, '住址', '没有这个地方1幢');
      await expect(phone.getByLabel('正确的内容')).toHaveAccessibleDescription(/请/);
      await expect(phone.getByLabel('正确的内容')).toHaveValue('没有这个地方1幢');
    });
    await test.step('two are asked for, one is taken back', async () => {
      await ask(phone, '手机', '13955502002');
      await ask(phone, '姓名', '吴国刚');
      const own = phone.getByRole('region', { name: '我的更正申请' });
      await own.getByRole('listitem').filter({ hasText: '吴国刚' }).getByRole('button', { name: '撤回' }).click();
      await expect(own.getByRole('listitem').filter({ hasText: '吴国刚' })).toContainText('已撤回');
      await ask(phone, '手机', '13955502003');
      await expect(phone.getByText('这一项已有申请在处理').first()).toBeVisible();
    });
    await test.step('the worker compares the number in full and approves', async () => {
      await signIn(desk, 'community_worker');
      await desk.goto('/console/people/corrections');
      await desk.getByRole('row').filter({ hasText: '吴国强' }).getByRole('link').click();
      const beside = desk.getByRole('region', { name: '吴国强' });
      await beside.getByRole('button', { name: '显示完整号码核对' }).click();
      await expect(beside).toContainText('13955502002');
      await beside.getByRole('button', { name: '不通过' }).click();
      await expect(desk.getByLabel('不通过的原因')).toHaveAccessibleDescription(/请/);
      await desk.getByRole('region', { name: '吴国强' }).getByRole('button', { name: '通过并更正' }).click();
      await expect(desk.getByRole('row').filter({ hasText: '吴国强' })).toHaveCount(0);
    });
    await test.step('the resident hears of it, and of the look', async () => {
      await phone.goto('/inbox');
      await expect(phone.getByText('您申请更正的手机号已登记')).toBeVisible();
      await phone.goto('/me/record');
      await expect(phone.getByText('139****2002').first()).toBeVisible();
      await expect(phone.getByRole('region', { name: '谁查看过我的信息' }).getByText('手机 · 核对身份')).toBeVisible();
    });
  });
}

async function ask(page: Page, field: string, value: string) {
  await page.goto('/me/record/correct');
  await page.getByLabel('哪一项有误').selectOption({ label: field });
  await page.getByLabel('正确的内容').fill(value);
  await page.getByRole('button', { name: '提交申请' }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test(`somebody from another community is taken in at the desk${javaScriptEnabled ? '' : ', without JavaScript'}`, async ({ visitor }) => {
    const city = await visitor();
    const desk = await visitor({ javaScriptEnabled });
    const phone = await visitor({ javaScriptEnabled, viewport: { width: 360, height: 740 } });
    const [elsewhere, address] = ['/console/people?area=3410.03.100.002', '龙北小区2幢1单元301'];
    const homes = (page: Page) => page.locator('section').filter({ has: page.getByRole('heading', { name: '名下房屋' }) }).last();

    const mover = await test.step('the city knows somebody who lives elsewhere; their card says the rest', async () => {
      await signIn(city, 'administrator');
      await city.goto(elsewhere);
      await city.getByRole('rowheader').first().getByRole('link').click();
      const name = await city.getByRole('heading', { level: 2 }).first().innerText();
      const owned = await homes(city).innerText();
      const number = await unmask(city, name, '显示证件号码');
      return { name, number, owned, phone: await unmask(city, name, '显示手机号') };
    });
    await test.step('their new community cannot find them yet', async () => {
      await signIn(desk, 'community_worker');
      await search(desk, mover.number);
      await expect(desk.getByText('没有找到符合条件的居民')).toBeVisible();
    });
    await test.step('what is missing or contradicts the registry is told beside its field, and kept', async () => {
      await desk.getByRole('link', { name: '迁入登记' }).click();
      await desk.getByRole('button', { name: '办理迁入' }).click();
      for (const field of ['姓名', '证件号码', '迁入的住址']) {
        await expect(desk.getByLabel(field)).toHaveAccessibleDescription(/请填写/);
      }
      await takeIn(desk, { ...mover, name: '祝别人' }, address);
      await expect(desk.getByLabel('姓名')).toHaveAccessibleDescription(/与登记的信息不一致/);
      await takeIn(desk, { ...mover, number: idNumber(7) }, address);
      await expect(desk.getByLabel('证件号码')).toHaveAccessibleDescription(/没有找到/);
      await takeIn(desk, mover, '没有这个地方1幢');
      await expect(desk.getByLabel('迁入的住址')).toHaveAccessibleDescription(/没有找到/);
      await expect(desk.getByLabel('证件号码')).toHaveValue(mover.number);
    });
    await test.step('with the card seen they live here, and own what they owned', async () => {
      await takeIn(desk, mover, address);
      await expect(desk).toHaveURL(/\?show=/);
      await expect(desk.getByRole('region', { name: mover.name, exact: true })).toContainText(address);
      expect(await homes(desk).innerText()).toBe(mover.owned);
      await search(desk, mover.number);
      await expect(desk.getByRole('row').filter({ hasText: mover.name })).toContainText(address);
    });
    await test.step('where they lived they are an owner still, and no resident', async () => {
      await city.goto(`${elsewhere}&q=${mover.number}`);
      await expect(city.getByRole('row').filter({ hasText: mover.name })).toContainText(address);
      await city.goto(elsewhere);
      await expect(city.getByRole('rowheader').first()).toBeVisible();
      await expect(city.getByRole('rowheader', { name: mover.name })).toHaveCount(0);
    });
    await test.step('they are told, and read it in their record', async () => {
      await signInAs(phone, mover.phone);
      await phone.goto('/inbox');
      await expect(phone.getByText('为您办理了迁入，住址已更新')).toBeVisible();
      await phone.goto('/me/record');
      await expect(phone.getByText(address).first()).toBeVisible();
      await expect(phone.getByText('迁入登记，住址已更新')).toBeVisible();
    });
  });
}

/** Fills the form of a move in, with the card in view, and sends it. */
async function takeIn(desk: Page, mover: { name: string; number: string }, address: string) {
  await desk.getByLabel('姓名').fill(mover.name);
  await desk.getByLabel('证件号码').fill(mover.number);
  await desk.getByLabel('迁入的住址').fill(address);
  await desk.getByLabel('已核验本人身份证').check();
  await desk.getByRole('button', { name: '办理迁入' }).click();
}

test('somebody entered twice is found, compared and made one', async ({ visitor }) => {
  const desk = await visitor();
  await signIn(desk, 'community_worker');
  await search(desk, '程建国');
  const before = await desk.getByRole('row').filter({ hasText: '程建国' }).count();
  expect(before).toBeGreaterThan(1);
  await desk.getByRole('link', { name: '重复登记' }).click();
  await desk.getByRole('link', { name: '程建国' }).first().click();
  await expect(desk.getByRole('region', { name: '保留这份' })).toContainText('138****0008');
  await expect(desk.getByRole('region', { name: '并入上面那份' })).toContainText('138****0108');
  await desk.getByRole('button', { name: '确认合并' }).click();
  await search(desk, '程建国');
  await expect(desk.getByRole('row').filter({ hasText: '程建国' })).toHaveCount(before - 1);
  await desk.goto('/console/people/twins');
  await expect(desk.getByRole('link', { name: '程建国' })).toHaveCount(0);
});

test('an account that nobody knows is tied by real name or at the desk', async ({ visitor }) => {
  const desk = await visitor();
  await signIn(desk, 'community_worker');
  const stranger = await visitor({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const number = freshPhone();
  await test.step('three things that do not belong together tie nobody', async () => {
    await signInAs(stranger, number);
    await stranger.goto('/me');
    await stranger.getByRole('link', { name: '实名绑定' }).click();
    await bind(stranger, '方志远', idNumber(5), '13855900003');
    await expect(stranger.getByText('三项信息与登记不一致').first()).toBeVisible();
  });
  await test.step('the worker who has seen the card ties the account', async () => {
    await search(desk, '方志远');
    await desk.getByRole('link', { name: '方志远' }).first().click();
    await desk.getByText('绑定登录账号').click();
    await desk.getByLabel('登录用的手机号').fill(number);
    await desk.getByRole('button', { name: '绑定账号' }).click();
    await expect(desk.getByText('请填写').first()).toBeVisible();
    await desk.getByLabel('已核验本人身份证').check();
    await desk.getByRole('button', { name: '绑定账号' }).click();
    await expect(desk.getByText('账号已绑定，已通知本人')).toBeVisible();
    await stranger.goto('/me');
    await expect(stranger.getByText('方志远')).toBeVisible();
    await stranger.goto('/inbox');
    await expect(stranger.getByText('为您绑定了登录账号')).toBeVisible();
  });
});

async function bind(page: Page, name: string, number: string, phone: string) {
  await page.getByLabel('姓名').fill(name);
  await page.getByLabel('证件号码').fill(number);
  await page.getByLabel('登记的手机号').fill(phone);
  await page.getByRole('button', { name: '绑定' }).click();
}

const sheet = (page: Page) => page.getByRole('region', { name: NAME });
