import { cast } from './support/ballot';
import { PICTURE, enter, find } from './support/papers';
import { signIn } from './support/people.mjs';
import { expect, test } from './support/test';
import { download, idOf } from './support/worker';

test.use({ ownCity: true });

/** The demo city's votes: one under way, one announced, one published. */
const OPEN = '龙北小区业主代表选举';
const ANNOUNCED = '龙北小区 5 幢楼栋代表选举';
const PUBLISHED = '龙北小区 3 幢楼栋代表补选';
const CANDIDATES = ['程建国', '胡秀英'];

/** 王秀兰's door, and 吴国强's first. */
const DOOR = '龙北小区2幢1单元301';
const OTHER_DOOR = '龙北小区1幢2单元201';

const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 } };

for (const javaScriptEnabled of [true, false]) {
  const residents = javaScriptEnabled ? '' : ', residents without JavaScript';
  test(`half of a vote comes on paper${residents}`, async ({ city, visitor }) => {
    const papers = `/console/voting/${await idOf(city, OPEN)}/papers`;
    const first = await visitor(DESK);
    const second = await visitor(DESK);
    const third = await visitor(DESK);
    const owner = await visitor({ ...PHONE, javaScriptEnabled });
    const agent = await visitor({ ...PHONE, javaScriptEnabled });
    await signIn(first, 'grid_worker');
    await signIn(second, 'community_worker');
    await signIn(third, 'scrutineer');

    await test.step('who has not voted is reminded, and not twice at once', async () => {
      await second.goto(papers.replace(/\/papers$/, ''));
      await second.getByRole('button', { name: '提醒未投票业主' }).click();
      await expect(second.getByText('已提醒 1 次')).toBeVisible();
      await expect(second.getByRole('button', { name: '提醒未投票业主' })).toHaveCount(0);
    });
    await test.step('papers are made and printed by building, one a head', async () => {
      await first.goto(papers);
      await first.getByRole('button', { name: '制票' }).click();
      await expect(first.getByRole('row').nth(1)).toContainText('未送达');
      const pdf = await download(first.locator('.prints').getByRole('link', { name: '2幢' }));
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    });
    await test.step('one is handed out with proof', async () => {
      await find(first, papers, DOOR);
      await first.getByLabel('送达凭证照片').setInputFiles(PICTURE);
      await first.getByRole('button', { name: '登记送达' }).click();
      await expect(first.getByText(/送达$/).first()).toBeVisible();
    });
    await test.step('it is handed in at the door', async () => {
      await first.getByRole('button', { name: '登记收回' }).click();
      await expect(first.getByText('已收回，待录入').first()).toBeVisible();
      await expect(first.getByRole('button', { name: '登记收回' })).toHaveCount(0);
    });
    await test.step('the first enters it, with its scan, and not a second time', async () => {
      await enter(first, [CANDIDATES[0]]);
      await expect(first.getByLabel('选票扫描件')).toHaveAccessibleDescription(/请填写/);
      await enter(first, [CANDIDATES[0]], { scan: true });
      await expect(first.getByText('等待另一位工作人员复录')).toBeVisible();
      await find(first, papers, DOOR);
      await expect(first.getByText('您已录入过这张票')).toBeVisible();
    });
    await test.step('the second enters it unseen, and differs', async () => {
      await find(second, papers, DOOR);
      await expect(second.getByRole('heading', { name: '第二次录入' })).toBeVisible();
      await expect(second.getByText('第 1 次录入')).toHaveCount(0);
      await enter(second, [CANDIDATES[1]]);
      await expect(second.getByText('两次录入不一致，请第三人核定')).toBeVisible();
    });
    await test.step('a third sees both and settles it', async () => {
      await find(third, papers, DOOR);
      await expect(third.getByText('第 1 次录入：')).toBeVisible();
      await expect(third.getByText('第 2 次录入：')).toBeVisible();
      await enter(third, [CANDIDATES[1]]);
      await expect(third.getByText('已密封投入票箱')).toBeVisible();
      await find(third, papers, DOOR);
      await expect(third.getByText('这张票已经处理完')).toBeVisible();
    });
    const mandates = `/voting/${await idOf(city, OPEN)}/mandates`;
    await test.step('an owner authorises a neighbour', async () => {
      await signIn(owner, 'two_flats');
      await owner.goto(mandates);
      await owner.getByLabel('受托人姓名').fill('王秀兰');
      await owner.getByLabel('受托人手机号').fill('13855900003');
      await owner.getByLabel('委托书照片').setInputFiles(PICTURE);
      await owner.getByRole('button', { name: '确认委托' }).click();
      await expect(owner.getByLabel('受托人手机号')).toHaveAccessibleDescription(/没有找到/);
      await owner.getByLabel('受托人手机号').fill('13855900001');
      await owner.getByLabel('委托书照片').setInputFiles(PICTURE);
      await owner.getByRole('button', { name: '确认委托' }).click();
      await expect(owner.getByText('由 王秀兰 代投')).toBeVisible();
    });
    await test.step('who casts it, looks it over, and is given a receipt', async () => {
      await signIn(agent, 'resident');
      await agent.goto(mandates);
      await agent.getByRole('link', { name: '去代投' }).click();
      await expect(agent.getByText('您代表吴国强投票')).toBeVisible();
      await agent.getByRole('radio', { name: CANDIDATES[0] }).check();
      await agent.getByRole('button', { name: '下一步：核对' }).click();
      await expect(agent.getByRole('region', { name: '您的选择' })).toContainText(CANDIDATES[0]);
      await cast(agent, javaScriptEnabled);
    });
    await test.step('both see that the mandate is used, and the owner is told', async () => {
      await owner.goto(mandates);
      await expect(owner.getByText('已代投')).toBeVisible();
      await expect(owner.getByRole('button', { name: '撤销委托' })).toHaveCount(0);
      await owner.goto('/inbox');
      await expect(owner.getByText('受托人已代您投票').first()).toBeVisible();
    });
    await test.step('their paper comes too late and is shown as a clash at once', async () => {
      await find(second, papers, OTHER_DOOR);
      await expect(second.getByText('已在线上投票，这张纸质票不计入')).toBeVisible();
      await second.getByRole('button', { name: '记为不计入' }).click();
      await expect(second.getByText('这张票不计入').first()).toBeVisible();
      await second.goto(`${papers}?state=clash`);
      await expect(second.getByRole('row').nth(1)).toContainText(OTHER_DOOR);
    });
  });

  test(`an objection corrects the roll${residents}`, async ({ city, visitor }) => {
    const vote = await idOf(city, ANNOUNCED);
    const desk = await visitor(DESK);
    const owner = await visitor({ ...PHONE, javaScriptEnabled });
    const area = () =>
      city.sql(`SELECT area_dm2 FROM voting_roll WHERE vote = '${vote}' AND place = '龙北小区5幢1单元102'`);
    expect(await area()).toBe('8930');
    await test.step('an owner objects to an area', async () => {
      await signIn(owner, 'grid_worker');
      await owner.goto(`/voting/${vote}/objections`);
      await owner.getByRole('button', { name: '提出异议' }).click();
      await expect(owner.getByText('请填写').first()).toBeVisible();
      await owner.getByRole('radio', { name: '面积有误' }).check();
      await owner.getByLabel('说明').fill('房产证面积是 95.20 平方米');
      await owner.getByLabel('证明照片').setInputFiles(PICTURE);
      await owner.getByRole('button', { name: '提出异议' }).click();
      await expect(owner.getByText('待处理')).toBeVisible();
    });
    await test.step('a worker looks at it, must give a reason, and grants it', async () => {
      await signIn(desk, 'community_worker');
      await desk.goto(`/console/voting/${vote}/objections`);
      await desk.getByRole('radio', { name: '异议成立', exact: true }).check();
      await desk.getByLabel('更正后的面积').fill('95.20');
      await desk.getByRole('button', { name: '确认处理' }).click();
      await expect(desk.getByLabel('处理理由')).toHaveAccessibleDescription(/请填写/);
      await desk.getByLabel('处理理由').fill('已核对不动产权证');
      await desk.getByRole('button', { name: '确认处理' }).click();
      await expect(desk.getByRole('row').nth(1)).toContainText('成立');
    });
    await test.step('the roll has the new area, and the owner the reason', async () => {
      expect(await area()).toBe('9520');
      await owner.goto(`/voting/${vote}/objections`);
      await expect(owner.getByText('已核对不动产权证')).toBeVisible();
      await owner.goto('/inbox');
      await expect(owner.getByText('您提出的异议成立').first()).toBeVisible();
    });
  });
}

for (const javaScriptEnabled of [true, false]) {
  const residents = javaScriptEnabled ? '' : ', residents without JavaScript';
  test(`a paper handed in stands for its head until it is given back${residents}`, async ({ city, visitor }) => {
    const vote = `/voting/${await idOf(city, OPEN)}`;
    const papers = `/console${vote}/papers`;
    const grid = await visitor(DESK);
    const desk = await visitor(DESK);
    const owner = await visitor({ ...PHONE, javaScriptEnabled });
    await signIn(grid, 'grid_worker');
    await signIn(desk, 'community_worker');
    await signIn(owner, 'resident');
    await test.step('an owner is about to vote by phone', async () => {
      await owner.goto(vote);
      await owner.getByRole('radio', { name: CANDIDATES[0] }).check();
      await owner.getByRole('button', { name: '下一步：核对' }).click();
      await expect(owner.getByRole('region', { name: '您的选择' })).toContainText(CANDIDATES[0]);
    });
    await test.step('at the door a worker is handed the paper, and cannot give it back', async () => {
      await find(grid, papers, DOOR);
      await grid.getByRole('button', { name: '登记收回' }).click();
      await expect(grid.getByText('已收回，待录入').first()).toBeVisible();
      await expect(grid.getByRole('button', { name: '登记收回' })).toHaveCount(0);
      await expect(grid.getByRole('button', { name: '撤销收回' })).toHaveCount(0);
    });
    await test.step('what came first counts: the phone is refused', async () => {
      await owner.getByRole('button', { name: '确认投出' }).click();
      await expect(owner.getByRole('heading', { name: '您的纸质票已收回' })).toBeVisible();
    });
    await test.step('what was read off it is forgotten when the organiser gives it back, with a reason', async () => {
      await enter(grid, [CANDIDATES[1]], { scan: true });
      await expect(grid.getByText('等待另一位工作人员复录')).toBeVisible();
      await find(desk, papers, DOOR);
      await desk.getByRole('button', { name: '撤销收回' }).click();
      await expect(desk.getByLabel('撤销理由')).toHaveAccessibleDescription(/请填写/);
      await desk.getByLabel('撤销理由').fill('登记时看错了房号');
      await desk.getByRole('button', { name: '撤销收回' }).click();
      await expect(desk.getByRole('button', { name: '登记收回' })).toBeVisible();
      await expect(desk.getByRole('heading', { name: '第一次录入' })).toBeVisible();
      expect(await city.sql(`SELECT payload FROM events WHERE verb = 'paper_waive'`)).toContain('登记时看错了房号');
    });
    await test.step('now the phone is taken, and the paper can be handed in no more', async () => {
      await owner.goto(vote);
      await owner.getByRole('radio', { name: CANDIDATES[0] }).check();
      await owner.getByRole('button', { name: '下一步：核对' }).click();
      await cast(owner, javaScriptEnabled);
      await find(grid, papers, DOOR);
      await expect(grid.getByText('已在线上投票，这张纸质票不计入')).toBeVisible();
      await expect(grid.getByRole('button', { name: '登记收回' })).toHaveCount(0);
    });
  });
}

test('minutes and notice of a published result are for everybody', async ({ city, visitor }) => {
  const page = await visitor();
  await page.goto('/');
  for (const name of ['minutes', 'notice']) {
    const answer = await page.request.get(`/voting/${await idOf(city, PUBLISHED)}/${name}.pdf`);
    expect(answer.status()).toBe(200);
    expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
  }
  const early = await page.request.get(`/voting/${await idOf(city, OPEN)}/minutes.pdf`);
  expect(early.status()).toBe(409);
});
