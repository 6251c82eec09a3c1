import { chromium } from 'playwright-core';
import { signIn } from './support/people.mjs';
import { pages, cookies } from './support/pages.mjs';
const only = process.argv[2] ? new RegExp(process.argv[2]) : /./;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium' });
const url = 'http://127.0.0.1:3456';
for (const mode of (process.argv[3] || 'normal,elder').split(',')) {
  const sessions = {};
  for (const p of pages.filter((p) => only.test(p.name))) {
    const wide = p.name.startsWith('console');
    const width = Number(process.argv[4] || (wide ? 1280 : 360));
    const key = `${p.login ?? ''}-${width}`;
    if (!sessions[key]) {
      const c = await b.newContext({ baseURL: url, viewport: { width, height: 800 }, javaScriptEnabled: process.argv[5] !== 'nojs', locale: 'zh-CN', reducedMotion: 'reduce' });
      await c.addCookies(cookies(mode, url));
      const page = await c.newPage();
      if (p.login) await signIn(page, p.login);
      sessions[key] = page;
    }
    const page = sessions[key];
    try {
      const status = await p.show(page);
      await page.screenshot({ path: `/tmp/shots/${p.name}-${mode}-${width}.png`, fullPage: true });
      console.log(p.name, mode, status, status === (p.status ?? 200) ? '' : 'BAD');
    } catch (e) { console.log(p.name, mode, 'FAIL', String(e).slice(0, 300)); }
  }
}
await b.close();
