import type { City } from './support/city.mjs';
import { signIn } from './support/people.mjs';
import { expect, test } from './support/test';

test.use({ ownCity: true, viewport: { width: 1280, height: 800 } });

const JOB = '01890a5d-ac96-774b-bcce-b302099a8057';
const KIND = 'test.unheard_of';

/** Leaves work that was given up. Nobody handles its kind, so it cannot succeed either. */
const giveUp = (city: City) =>
  city.sql(
    `INSERT INTO jobs (id, kind, payload, run_at, attempts, dead_at, last_error, created_at)
     VALUES ('${JOB}', '${KIND}', '{}', 1, 10, ${Date.now()}, 'no handler for ${KIND}', 1)`,
  );

test('an administrator sees work that was given up and has it tried again', async ({ city, visitor }) => {
  await giveUp(city);
  const page = await visitor();
  await signIn(page, 'administrator');
  await page.goto('/console');
  await page.getByRole('link', { name: '后台任务' }).click();
  const row = page.getByRole('row').filter({ hasText: KIND });
  await expect(row).toContainText('10');
  await expect(row).toContainText(`no handler for ${KIND}`);

  await row.getByRole('button', { name: '重新执行' }).click();
  await expect(page.getByText('已重新排队')).toBeVisible();
  await expect(row).toHaveCount(0);
  await test.step('a worker of the queue takes it up again', async () => {
    const state = () => city.sql(`SELECT attempts FROM jobs WHERE id = '${JOB}' AND dead_at IS NULL`);
    await expect.poll(state, { timeout: 20_000 }).toBe('1');
  });
});

test('who does not administer is not let in', async ({ visitor }) => {
  const page = await visitor();
  await signIn(page, 'community_worker');
  expect((await page.goto('/console/jobs'))?.status()).toBe(403);
  await page.goto('/console');
  await expect(page.getByRole('link', { name: '后台任务' })).toHaveCount(0);
});
