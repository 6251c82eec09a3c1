// Pictures of every page, as wide as a phone and as a desk, normal and elder, into `screenshots`;
// home and the ballot in the dark as well.

import { chromium } from '@playwright/test';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch } from './support/chromium.mjs';
import { fill, open, remove } from './support/city.mjs';
import { cookies, pages } from './support/pages.mjs';
import { signIn } from './support/people.mjs';

const FOLDER = fileURLToPath(new URL('screenshots/', import.meta.url));
const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];
const MODES = ['normal', 'elder', 'dark'];

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const template = await fill('sqlite');
const city = await open(template);
const browser = await chromium.launch(launch);
try {
  const signedIn = await sessions(browser, city.origin);
  for (const mode of MODES) {
    for (const viewport of SIZES) await pictures(mode, viewport, signedIn);
  }
} catch (error) {
  console.error(await readFile(city.log, 'utf8'));
  throw error;
} finally {
  await browser.close();
  await city.stop();
  await remove(template);
}

/** The cookies of each kind of reader that some page is for. */
async function sessions(browser, baseURL) {
  const signedIn = new Map([[undefined, []]]);
  for (const { login } of pages) {
    if (signedIn.has(login)) continue;
    const context = await browser.newContext({ baseURL, locale: 'zh-CN' });
    await signIn(await context.newPage(), login);
    signedIn.set(login, await context.cookies());
    await context.close();
  }
  return signedIn;
}

/** Pictures all pages once. */
async function pictures(mode, viewport, signedIn) {
  for (const { name, login, show, dark } of pages) {
    if (mode === 'dark' && !dark) continue;
    const context = await browser.newContext({ baseURL: city.origin, locale: 'zh-CN', viewport, reducedMotion: 'reduce' });
    await context.addCookies([...signedIn.get(login), ...cookies(mode, city.origin)]);
    const page = await context.newPage();
    await show(page);
    const file = `${name}-${viewport.width}-${mode}.png`;
    // As high as the page: bars that stick to the bottom would otherwise cover its middle.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: viewport.width, height: Math.max(height, viewport.height) });
    await page.screenshot({ path: FOLDER + file });
    console.log(file);
    await context.close();
  }
}
