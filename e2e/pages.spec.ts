import { expectAccessible } from './support/axe';
import { cookies, pages } from './support/pages.mjs';
import { signIn } from './support/people.mjs';
import { expect, test } from './support/test';

/** What one page may take with two browsers on a slow machine, and signing in before the first. */
const PAGE_MS = 8_000;
const SIGN_IN_MS = 30_000;

for (const login of new Set(pages.map((page) => page.login))) {
  const theirs = pages.filter((page) => page.login === login);
  for (const mode of ['normal', 'elder']) {
    test(`every page of ${login ?? 'a visitor'} answers, ${mode}, without complaints of the console or of axe`, async ({ city, visitor }) => {
      test.setTimeout(SIGN_IN_MS + theirs.length * PAGE_MS);
      const page = await visitor();
      if (login) await signIn(page, login);
      await page.context().addCookies(cookies(mode, city.origin));
      for (const { name, address, show, status } of theirs) {
        await test.step(name, async () => {
          expect.soft(await show(page)).toBe(status ?? 200);
          expect.soft(new URL(page.url()).pathname).toMatch(pattern(address));
          await expect.soft(page.getByRole('heading', { level: 1 })).toHaveCount(1);
          await expectAccessible(page);
        });
      }
    });
  }
}

/** What the paths of an address look like. */
const pattern = (address: string) => new RegExp(`^${address.replace(/\{\w+\}/g, '[^/]+')}$`);
