// Every page of the product, for what must hold on all of them (axe, console) and for pictures.

import { freshPhone } from './people.mjs';

/**
 * @typedef {object} ProductPage
 * @property {string} name
 * @property {import('./people.mjs').Login} [login] who reads it; nobody signed in when absent
 * @property {(page: import('@playwright/test').Page) => Promise<number>} show opens it, answers its status
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

/** The demo city's votes, as the workers' list names them. */
const OPEN = { name: '龙北小区业主代表选举' };
const ANNOUNCED = { name: '龙北小区 5 幢楼栋代表选举' };
const PUBLISHED = { name: '龙北小区 3 幢楼栋代表补选' };

const worker = 'community_worker';

/** @type {ProductPage[]} */
export const pages = [
  { name: 'home-visitor', show: at('/') },
  { name: 'services-visitor', show: at('/services') },
  { name: 'scan', show: at('/scan') },
  { name: 'scan-unknown', show: at('/scan?code=ABCD') },
  { name: 'me-visitor', show: at('/me') },
  { name: 'sign-in', show: at('/sign-in') },
  {
    name: 'sign-in-code',
    show: async (page) => {
      await page.goto('/sign-in');
      await page.getByLabel('手机号').fill(freshPhone());
      await page.getByRole('button', { name: '获取验证码' }).click();
      await page.waitForURL(/\/sign-in\/code/);
      return (await page.reload()).status();
    },
  },
  { name: 'offline', show: at('/offline') },

  { name: 'home', login: 'resident', show: at('/'), dark: true },
  { name: 'services', login: 'resident', show: at('/services') },
  { name: 'points', login: 'resident', show: at('/points') },
  { name: 'me', login: 'resident', show: at('/me') },
  { name: 'inbox', login: 'resident', show: at('/inbox') },
  { name: 'voting', login: 'resident', show: at('/voting') },
  { name: 'ballot', login: 'resident', show: ballot, dark: true },
  { name: 'review', login: 'resident', show: after(ballot, choose) },
  { name: 'receipt', login: 'resident', show: behind('/voting', { name: '去投票' }, '/receipt') },

  { name: 'result', login: 'two_flats', show: behind('/voting', PUBLISHED) },
  { name: 'ballot-not-open', login: 'grid_worker', show: behind('/voting', ANNOUNCED) },

  { name: 'console', login: worker, show: at('/console') },
  { name: 'console-voting', login: worker, show: at('/console/voting') },
  { name: 'console-voting-new', login: worker, show: at('/console/voting/new') },
  { name: 'console-voting-open', login: worker, show: atVote(OPEN) },
  { name: 'console-voting-announced', login: worker, show: atVote(ANNOUNCED) },
  { name: 'console-voting-published', login: worker, show: atVote(PUBLISHED) },
  { name: 'console-people', login: worker, show: at('/console/people') },
  { name: 'console-people-found', login: worker, show: at('/console/people?search=王秀兰') },

  { name: 'console-jobs', login: 'administrator', show: at('/console/jobs') },
  { name: 'console-roles', login: 'administrator', show: at('/console/roles') },
];

/** The worker's page of a vote: the list shows it in a sheet, which leads there. */
function atVote(link) {
  return async (page) => {
    await page.goto('/console/voting');
    await page.goto(await page.getByRole('table').getByRole('link', link).getAttribute('href'));
    const href = await page.getByRole('link', { name: '查看详情' }).getAttribute('href');
    return (await page.goto(href)).status();
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
