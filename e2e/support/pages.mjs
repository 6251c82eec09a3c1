// Every page of the product, for what must hold on all of them (axe, console) and for pictures.

import { draft } from './draft.mjs';
import { freshPhone } from './people.mjs';

/**
 * @typedef {object} ProductPage
 * @property {string} name
 * @property {import('./people.mjs').Login} [login] who reads it; nobody signed in when absent
 * @property {string} address which of the app's addresses it is; a test of the app looks that none is left out
 * @property {(page: import('@playwright/test').Page) => Promise<number>} show opens it, answers its status
 * @property {number} [status] what it answers, when that is not 200
 * @property {boolean} [dark] is pictured in the dark as well
 */

/** A page with an address of its own. */
const at = (path) => async (page) => (await page.goto(path)).status();

/** A page that a page with an address links to; `below` is added to the link's address. */
const behind = (path, link, below = '') => async (page) => {
  await page.goto(path);
  const href = await page.getByRole('link', link).first().getAttribute('href');
  return (await page.goto(href + below)).status();
};

/** A page that answers a form. */
const after = (show, submit) => async (page) => {
  await show(page);
  const [answer] = await Promise.all([page.waitForResponse((response) => response.request().isNavigationRequest()), submit(page)]);
  return answer.status();
};

const ballot = behind('/voting', { name: '去投票' });
const choose = async (page) => {
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: '下一步：核对' }).click();
};

/** The ballot that an agent casts for an owner. */
const mandate = async (page) => {
  await page.goto('/voting');
  const card = page.getByRole('article').filter({ hasText: OPEN.name });
  await page.goto(`${await card.getByRole('link').first().getAttribute('href')}/mandates`);
  const href = await page.getByRole('link', { name: '去代投' }).getAttribute('href');
  return (await page.goto(href)).status();
};

const decide = async (page) => {
  for (const set of await page.getByRole('group').all()) await set.getByRole('radio').first().check();
  await page.getByRole('button', { name: '下一步：核对' }).click();
};

/** The demo city's votes, as the workers' list names them. */
const OPEN = { name: '龙北小区业主代表选举' };
const ANNOUNCED = { name: '龙北小区 5 幢楼栋代表选举' };
const PUBLISHED = { name: '龙北小区 3 幢楼栋代表补选' };
const ASKED = { name: '龙北小区 2026 年业主大会表决' };
const RESOLVED = { name: '龙北小区 6 幢电梯更换表决' };

/** The demo city's notices. */
const WATER = { name: /龙北小区停水通知/ };
const PARKING = { name: /充电桩选址/ };
const WRONG = { name: /7 幢外墙维修/ };
const WRITTEN = { name: /筹备组成员公示/ };

const worker = 'community_worker';

/** @type {ProductPage[]} */
export const pages = [
  { name: 'home-visitor', address: '/', show: at('/') },
  { name: 'services-visitor', address: '/services', show: at('/services') },
  { name: 'scan', address: '/scan', show: at('/scan') },
  { name: 'scan-unknown', address: '/scan', show: at('/scan?code=ABCD') },
  { name: 'me-visitor', address: '/me', show: at('/me') },
  { name: 'notices-visitor', address: '/notices', show: at('/notices') },
  { name: 'sign-in', address: '/sign-in', show: at('/sign-in') },
  {
    name: 'sign-in-code',
    address: '/sign-in/code',
    show: async (page) => {
      await page.goto('/sign-in');
      await page.getByLabel('手机号').fill(freshPhone());
      await page.getByRole('button', { name: '获取验证码' }).click();
      await page.waitForURL(/\/sign-in\/code/);
      return (await page.reload()).status();
    },
  },
  { name: 'offline', address: '/offline', show: at('/offline') },

  { name: 'home', address: '/', login: 'resident', show: at('/'), dark: true },
  { name: 'services', address: '/services', login: 'resident', show: at('/services') },
  { name: 'points', address: '/points', login: 'resident', show: at('/points') },
  { name: 'me', address: '/me', login: 'resident', show: at('/me') },
  { name: 'record', address: '/me/record', login: 'resident', show: at('/me/record') },
  { name: 'correct', address: '/me/record/correct', login: 'resident', show: at('/me/record/correct') },
  { name: 'bind', address: '/me/bind', login: 'resident', show: at('/me/bind') },
  { name: 'inbox', address: '/inbox', login: 'resident', show: at('/inbox') },
  { name: 'inbox-filtered', address: '/inbox', login: 'resident', show: at('/inbox?room=notices') },
  { name: 'notices', address: '/notices', login: 'resident', show: at('/notices'), dark: true },
  { name: 'notices-public', address: '/notices', login: 'resident', show: at('/notices?tab=public') },
  { name: 'notice-corrected', address: '/notices/{id}', login: 'resident', show: behind('/notices', WATER), dark: true },
  { name: 'notice-reply', address: '/notices/{id}', login: 'resident', show: behind('/notices', PARKING) },
  { name: 'voting', address: '/voting', login: 'resident', show: at('/voting') },
  { name: 'ballot', address: '/voting/{id}', login: 'resident', show: ballot, dark: true },
  { name: 'review', address: '/voting/{id}/review', login: 'resident', show: after(ballot, choose) },
  { name: 'ballot-resolution', address: '/voting/{id}', login: 'resident', show: ballotOf(ASKED), dark: true },
  { name: 'review-resolution', address: '/voting/{id}/review', login: 'resident', show: after(ballotOf(ASKED), decide) },
  { name: 'roll', address: '/voting/{id}/roll', login: 'resident', show: ballotOf(ASKED, '/roll') },
  { name: 'voter', address: '/voting/{id}/voter', login: 'resident', show: ballotOf(ASKED, '/voter') },
  { name: 'signed', address: '/voting/{id}/signed', login: 'resident', show: ballotOf(ASKED, '/signed'), status: 409 },
  { name: 'poster-unknown', address: '/v/{code}', login: 'resident', show: at('/v/ABCDEFGH2345'), status: 404 },
  { name: 'receipt', address: '/voting/{id}/receipt', login: 'resident', show: behind('/voting', { name: '去投票' }, '/receipt') },

  { name: 'result', address: '/voting/{id}/result', login: 'two_flats', show: behind('/voting', PUBLISHED) },
  { name: 'result-resolution', address: '/voting/{id}/result', login: 'scrutineer', show: resultOf(RESOLVED) },
  { name: 'ballot-not-open', address: '/voting/{id}', login: 'grid_worker', show: behind('/voting', ANNOUNCED) },

  { name: 'objections', address: '/voting/{id}/objections', login: 'grid_worker', show: behind('/voting', ANNOUNCED, '/objections') },
  { name: 'mandates', address: '/voting/{id}/mandates', login: 'resident', show: behind('/voting', { name: '去投票' }, '/mandates') },
  { name: 'mandate-ballot', address: '/voting/{id}/mandates/{mandate}', login: 'party_member', show: mandate },
  { name: 'mandate-review', address: '/voting/{id}/mandates/{mandate}/review', login: 'party_member', show: after(mandate, choose) },

  { name: 'console', address: '/console', login: worker, show: at('/console') },
  { name: 'console-voting', address: '/console/voting', login: worker, show: at('/console/voting') },
  { name: 'console-voting-new', address: '/console/voting/new', login: worker, show: at('/console/voting/new') },
  { name: 'console-voting-new-resolution', address: '/console/voting/new', login: worker, show: at('/console/voting/new?kind=resolution') },
  { name: 'console-voting-new-poll', address: '/console/voting/new', login: worker, show: at('/console/voting/new?kind=poll') },
  { name: 'console-voting-rules', address: '/console/voting/rules', login: 'administrator', show: at('/console/voting/rules') },
  { name: 'console-voting-resolution', address: '/console/voting/{id}', login: worker, show: atVote(RESOLVED) },
  { name: 'console-voting-keys', address: '/console/voting/{id}/keys', login: worker, show: atDraft('/keys') },
  { name: 'console-voting-recount', address: '/console/voting/{id}/open', login: worker, show: atVote(PUBLISHED, '/open') },
  { name: 'console-voting-open', address: '/console/voting/{id}', login: worker, show: atVote(OPEN) },
  { name: 'console-voting-roll', address: '/console/voting/{id}/roll', login: worker, show: atVote(ASKED, '/roll') },
  { name: 'console-voting-doorstep', address: '/console/voting/{id}/doorstep', login: worker, show: atVote(OPEN, '/doorstep') },
  { name: 'console-voting-announced', address: '/console/voting/{id}', login: worker, show: atVote(ANNOUNCED) },
  { name: 'console-voting-published', address: '/console/voting/{id}', login: worker, show: atVote(PUBLISHED) },
  { name: 'console-voting-draft', address: '/console/voting/{id}', login: worker, show: atDraft() },
  { name: 'console-voting-edit', address: '/console/voting/{id}/edit', login: worker, show: atDraft('/edit') },
  { name: 'console-voting-announce', address: '/console/voting/{id}/announce', login: worker, show: atDraft('/announce') },
  { name: 'console-notices', address: '/console/notices', login: worker, show: at('/console/notices') },
  { name: 'console-notices-new', address: '/console/notices/new', login: worker, show: at('/console/notices/new') },
  { name: 'console-notice-sent', address: '/console/notices/{id}', login: worker, show: atNotice(WATER) },
  { name: 'console-notice-withdrawn', address: '/console/notices/{id}', login: worker, show: atNotice(WRONG) },
  { name: 'console-notice-edit', address: '/console/notices/{id}/edit', login: worker, show: atNotice(WRITTEN, '/edit') },
  { name: 'console-notice-preview', address: '/console/notices/{id}/preview', login: worker, show: atNotice(WRITTEN, '/preview') },
  { name: 'console-notice-correct', address: '/console/notices/{id}/correct', login: worker, show: atNotice(WATER, '/correct') },
  { name: 'console-notice-withdraw', address: '/console/notices/{id}/withdraw', login: worker, show: atNotice(WATER, '/withdraw') },
  { name: 'console-notice-recipients', address: '/console/notices/{id}/recipients', login: worker, show: atNotice(PARKING, '/recipients?channel=sms') },
  { name: 'console-notice-replies', address: '/console/notices/{id}/replies', login: worker, show: atNotice(PARKING, '/replies') },
  { name: 'console-notice-doorstep', address: '/console/notices/{id}/doorstep', login: worker, show: atNotice(WATER, '/doorstep') },
  { name: 'console-voting-objections', address: '/console/voting/{id}/objections', login: worker, show: atVote(ANNOUNCED, '/objections') },
  { name: 'console-voting-mandates', address: '/console/voting/{id}/mandates', login: worker, show: atVote(OPEN, '/mandates') },
  { name: 'console-voting-desk', address: '/console/voting/{id}/mandates/new', login: worker, show: atVote(OPEN, '/mandates/new') },
  { name: 'console-voting-papers', address: '/console/voting/{id}/papers', login: worker, show: atVote(OPEN, '/papers') },
  { name: 'console-voting-papers-found', address: '/console/voting/{id}/papers/enter', login: worker, show: atVote(OPEN, '/papers/enter?code=2幢1单元') },
  { name: 'console-voting-paper', address: '/console/voting/{id}/papers/{number}', login: worker, show: atVote(OPEN, '/papers/1') },
  { name: 'console-people', address: '/console/people', login: worker, show: at('/console/people') },
  { name: 'console-people-found', address: '/console/people', login: worker, show: at('/console/people?q=王秀兰') },
  { name: 'console-people-as-of', address: '/console/people/as-of', login: worker, show: at('/console/people/as-of?area=3410.03.100.004.g01.c01.b02') },
  { name: 'console-people-imports', address: '/console/people/imports', login: worker, show: at('/console/people/imports') },
  { name: 'console-people-import', address: '/console/people/imports/{id}', login: worker, show: behind('/console/people/imports', { name: /^20/ }) },
  { name: 'console-people-move-in', address: '/console/people/move-in', login: worker, show: at('/console/people/move-in') },
  { name: 'console-people-twins', address: '/console/people/twins', login: worker, show: at('/console/people/twins') },
  { name: 'console-people-merge', address: '/console/people/merge', login: worker, show: behind('/console/people/twins', { name: '程建国' }) },
  { name: 'console-people-corrections', address: '/console/people/corrections', login: worker, show: at('/console/people/corrections') },
  { name: 'second-factor', address: '/sign-in/totp', login: worker, show: at('/sign-in/totp') },

  { name: 'console-jobs', address: '/console/jobs', login: 'administrator', show: at('/console/jobs') },
  { name: 'console-roles', address: '/console/roles', login: 'administrator', show: at('/console/roles') },
];

/** The ballot of one of the votes that wait for the reader, or a page below it. */
function ballotOf({ name }, below = '') {
  return async (page) => {
    await page.goto('/voting');
    const card = page.getByRole('article').filter({ hasText: name });
    const href = await card.getByRole('link').first().getAttribute('href');
    return (await page.goto(href.replace(/\/receipt$/, '') + below)).status();
  };
}

/** A published result, by the workers' list. */
function resultOf(vote) {
  return async (page) => {
    await atVote(vote)(page);
    return (await page.goto(new URL(page.url()).pathname.replace('/console', '') + '/result')).status();
  };
}

/** A page of a vote still in draft, which is made when there is none. */
function atDraft(below = '') {
  const DRAFT = { name: '龙北小区 2 幢代表选举草稿' };
  const HOUR = 3_600_000;
  return async (page) => {
    await page.goto('/console/voting');
    if ((await page.getByRole('table').getByRole('link', DRAFT).count()) === 0) {
      await draft(page, { title: DRAFT.name, opensIn: 24 * HOUR, closesIn: 48 * HOUR });
    }
    await atVote(DRAFT)(page);
    return (await page.goto(page.url() + below)).status();
  };
}

/** The worker's page of a notice, or one below it: the list shows it in a sheet, which leads there. */
function atNotice(link, below = '') {
  return async (page) => {
    await page.goto('/console/notices');
    await page.goto(await page.getByRole('table').getByRole('link', link).first().getAttribute('href'));
    const href = await page.getByRole('link', { name: '查看详情' }).getAttribute('href');
    return (await page.goto(href + below)).status();
  };
}

/** The worker's page of a vote, or one below it: the list shows it in a sheet, which leads there. */
function atVote(link, below = '') {
  return async (page) => {
    await page.goto('/console/voting');
    await page.goto(await page.getByRole('table').getByRole('link', link).getAttribute('href'));
    const href = await page.getByRole('link', { name: '查看详情' }).getAttribute('href');
    return (await page.goto(href + below)).status();
  };
}

/**
 * The cookies of a mode: `normal`, `elder` or `dark`.
 * @param {string} mode
 * @param {string} url
 */
export function cookies(mode, url) {
  const settings = { elder: { hs_elder: '1' }, dark: { hs_theme: 'dark' } }[mode] ?? {};
  return Object.entries(settings).map(([name, value]) => ({ name, value, url }));
}
