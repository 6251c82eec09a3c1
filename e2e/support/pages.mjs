// Every page of the product, for what must hold on all of them (axe, console) and for pictures.

/**
 * @typedef {object} ProductPage
 * @property {string} name
 * @property {string} [login] who reads it; nobody signed in when absent
 * @property {(page: import('@playwright/test').Page) => Promise<number>} show opens it, answers its status
 * @property {boolean} [dark] is pictured in the dark as well
 */

/** A page with an address of its own. */
const at = (path) => async (page) => (await page.goto(path)).status();

/** The page that a link on another page leads to. */
const behind = (path, link) => async (page) => {
  await page.goto(path);
  const href = await link(page).first().getAttribute('href');
  return (await page.goto(href)).status();
};

/**
 * The cookies of a mode: `normal`, `elder` or `dark`.
 * @param {string} mode
 * @param {string} url
 */
export function cookies(mode, url) {
  const value = { elder: { hs_elder: '1' }, dark: { hs_theme: 'dark' } }[mode] ?? {};
  return Object.entries(value).map(([name, value]) => ({ name, value, url }));
}
