import type { FullConfig } from '@playwright/test';
import { fill, remove } from './city.mjs';
import type { Engine, Template } from './city.mjs';

const variable = (engine: Engine) => `HS_E2E_TEMPLATE_${engine.toUpperCase()}`;

/** The filled city to copy, as made before the first test. */
export function template(engine: Engine): Template {
  return JSON.parse(process.env[variable(engine)] ?? 'null');
}

/** Playwright's global set-up: fills one city per engine; what it returns removes them again. */
export default async function (config: FullConfig) {
  const engines = new Set(config.projects.map((project) => (project.use as { engine: Engine }).engine));
  const filled = await Promise.all([...engines].map(fill));
  for (const city of filled) {
    process.env[variable(city.engine)] = JSON.stringify(city);
  }
  return async () => {
    await Promise.all(filled.map(remove));
  };
}
