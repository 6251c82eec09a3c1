import { defineConfig } from '@playwright/test';
import { launch } from './support/chromium.mjs';
import { cluster } from './support/database.mjs';
import type { Options } from './support/test';

/** Journeys touch every layer, so they run on both engines; how pages look does not depend on it. */
const JOURNEYS = /(identity|inbox|jobs|notices|owners|paper|people|points|voting)\.spec\.ts/;

export default defineConfig<object, Options>({
  testDir: '.',
  testIgnore: 'bench/**',
  globalSetup: './support/templates.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    launchOptions: launch,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 360, height: 740 },
    actionTimeout: 20_000,
  },
  projects: [
    { name: 'sqlite', use: { engine: 'sqlite' } },
    ...(cluster ? [{ name: 'postgres', testMatch: JOURNEYS, use: { engine: 'postgres' as const } }] : []),
  ],
});
