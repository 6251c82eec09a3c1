import { expectAccessible } from './support/axe';
import { cookies, pages } from './support/pages.mjs';
import { signIn } from './support/people.mjs';
import { expect, test } from './support/test';

for (const login of new Set(pages.map((page) => page.login))) {
  test(`every page of ${login ?? 'a visitor'} answers, without complaints of the console or of axe`, async ({ city, visitor }) => {
    const page = await visitor();
    if (login) await signIn(page, login);
    for (const mode of ['normal', 'elder']) {
      await page.context().addCookies(cookies(mode, city.origin));
      for (const { name, address, show, status } of pages.filter((page) => page.login === login)) {
        await test.step(`${name}, ${mode}`, async () => {
          expect.soft(await show(page)).toBe(status ?? 200);
          expect.soft(new URL(page.url()).pathname).toMatch(pattern(address));
          await expect.soft(page.getByRole('heading', { level: 1 })).toHaveCount(1);
          await expectAccessible(page);
        });
      }
    }
  });
}

/** What the paths of an address look like. */
const pattern = (address: string) => new RegExp(`^${address.replace(/\{\w+\}/g, '[^/]+')}$`);
