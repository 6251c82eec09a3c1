import { test as base, expect } from '@playwright/test';
import type { BrowserContextOptions, ConsoleMessage, Page } from '@playwright/test';
import { open } from './city.mjs';
import type { City, Engine } from './city.mjs';
import { template } from './templates';

export { expect };

/** What a project or a file of tests chooses. */
export type Options = {
  /** The database under the server. */
  engine: Engine;
};

type FileOptions = {
  /** Whether each test gets a city of its own, whose clock it may move, or shares its worker's. */
  ownCity: boolean;
};

type Fixtures = {
  /** The city under test. */
  city: City;
  /** Opens a browser of its own for one more visitor. What goes wrong in it fails the test. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
};

type WorkerFixtures = Options & {
  /** Starts the worker's city when it is first needed. */
  shared: () => Promise<City>;
};

export const test = base.extend<FileOptions & Fixtures, WorkerFixtures>({
  engine: ['sqlite', { option: true, scope: 'worker' }],
  ownCity: [false, { option: true }],

  shared: [
    async ({ engine }, use) => {
      let city: Promise<City> | undefined;
      await use(() => (city ??= open(template(engine))));
      await (await city)?.stop();
    },
    { scope: 'worker' },
  ],

  city: async ({ ownCity, shared, engine }, use, info) => {
    const city = ownCity ? await open(template(engine)) : await shared();
    await use(city);
    if (info.status !== info.expectedStatus) {
      // By path: a text would be printed whole and push what went wrong out of a short log.
      await info.attach('hs.log', { path: city.log, contentType: 'text/plain' });
    }
    if (ownCity) await city.stop();
  },

  baseURL: async ({ city }, use) => use(city.origin),

  visitor: async ({ browser, baseURL, contextOptions }, use) => {
    const complaints: string[] = [];
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...contextOptions, baseURL, ...options });
      contexts.push(context);
      context.on('console', (message) => isComplaint(message) && complaints.push(message.text()));
      context.on('weberror', (error) => complaints.push(String(error.error())));
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(complaints, 'what the browser complained about').toEqual([]);
  },
});

/** An error on the console, unless it only says that the page itself came with an error's status. */
function isComplaint(message: ConsoleMessage): boolean {
  const page = message.page();
  const ownStatus =
    message.text().startsWith('Failed to load resource: the server responded with a status of 4') &&
    message.location().url === page?.url();
  return message.type() === 'error' && !ownStatus;
}
