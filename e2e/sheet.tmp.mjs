import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
const [out, h, ...names] = process.argv.slice(2);
const b = await chromium.launch({ executablePath: '/usr/bin/chromium' });
const page = await b.newPage({ viewport: { width: 2000, height: 900 } });
const imgs = names.map((n) => `<img style="vertical-align:top;margin:4px;max-height:${h}px;object-fit:cover;object-position:top" src="data:image/png;base64,${readFileSync('/tmp/shots/' + n + '.png').toString('base64')}">`).join('');
await page.setContent(`<div style="display:flex;background:#888;width:max-content">${imgs}</div>`);
await page.locator('div').screenshot({ path: out });
await b.close();
