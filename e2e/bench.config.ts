import { defineConfig } from '@playwright/test';
import { launch } from './support/chromium.mjs';
import type { Options } from './support/test';

/** One browser at a time, or it would be the machine that is measured. */
export default defineConfig<object, Options>({
  testDir: './bench',
  globalSetup: './support/templates.ts',
  workers: 1,
  timeout: 180_000,
  reporter: 'list',
  use: { launchOptions: launch, locale: 'zh-CN', viewport: { width: 360, height: 740 } },
  projects: [{ name: 'sqlite', use: { engine: 'sqlite' } }],
});
