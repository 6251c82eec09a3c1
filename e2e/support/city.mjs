// Cities under test: each a server program with a database and a data folder of its own.
//
// Filling the demo city takes much longer than copying it, so it is filled once per engine
// (`fill`) and every city starts from a copy (`open`).

import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as database from './database.mjs';

const run = promisify(execFile);

/** How long a server may take until it is ready, or to finish what it accepted. */
const PATIENCE_MS = 30_000;

/** @typedef {'sqlite' | 'postgres'} Engine */
/** @typedef {{ engine: Engine, folder: string, url: string }} Template */

/**
 * Fills a demo city to make copies of.
 * @param {Engine} engine
 * @returns {Promise<Template>}
 */
export async function fill(engine) {
  const folder = await mkdtemp(join(tmpdir(), `hs-e2e-${engine}-`));
  const url = engine === 'postgres' ? await database.create() : sqlite(folder);
  await hs({ folder, url, origin: 'http://127.0.0.1' }, ['demo']);
  return { engine, folder, url };
}

/**
 * Removes a city's files and its database.
 * @param {Template} city
 */
export async function remove({ engine, folder, url }) {
  if (engine === 'postgres') await database.drop(url);
  await rm(folder, { recursive: true, force: true });
}

/**
 * Starts a server over a copy of `template`.
 * @param {Template} template
 * @returns {Promise<City>}
 */
export async function open(template) {
  const { engine } = template;
  const folder = await mkdtemp(join(tmpdir(), `hs-e2e-${engine}-`));
  await cp(template.folder, folder, { recursive: true });
  const url = engine === 'postgres' ? await database.create(template.url) : sqlite(folder);
  const city = new City(engine, folder, url, await freePort());
  await city.start();
  return city;
}

/**
 * Runs the server program as a stranger would who has the program and one file: in an empty folder, with no settings
 * and no database to be reached.
 * @param {string} folder
 * @param {...string} args
 */
export function outside(folder, ...args) {
  const env = { PATH: process.env.PATH, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
  return told(run(program(), args, { env, cwd: folder }));
}

/** A running city. */
export class City {
  #server;

  constructor(engine, folder, url, port) {
    this.engine = engine;
    this.folder = folder;
    this.url = url;
    /** What its addresses begin with. */
    this.origin = `http://127.0.0.1:${port}`;
    /** The file its server writes its log to. */
    this.log = join(folder, 'hs.log');
  }

  /** Starts the server and waits until it is ready. */
  async start() {
    const log = openSync(this.log, 'a');
    this.#server = spawn(program(), ['serve'], { env: environment(this), stdio: ['ignore', log, log] });
    closeSync(log);
    const ends = Date.now() + PATIENCE_MS;
    while (!(await this.#ready())) {
      if (this.#server.exitCode !== null || Date.now() > ends) {
        throw new Error(`the server does not come up\n${await readFile(this.log, 'utf8')}`);
      }
      await sleep(50);
    }
  }

  async #ready() {
    try {
      return (await fetch(`${this.origin}/readyz`)).ok;
    } catch {
      return false;
    }
  }

  /**
   * Sets the server's clock ahead of the machine's.
   * @param {number} ms
   */
  async ahead(ms) {
    // In one step: a server that reads the file half written would jump back to the machine's time.
    const next = `${clock(this)}.next`;
    await writeFile(next, String(ms));
    await rename(next, clock(this));
  }

  /**
   * Runs the server program with this city's settings.
   * @param {...string} args
   * @returns {Promise<{ code: number, output: string }>} its exit code and all that it said
   */
  hs(...args) {
    return told(hs(this, args));
  }

  /**
   * Runs a statement in the city's database.
   * @param {string} statement
   */
  sql(statement) {
    return database.execute(this.url, statement);
  }

  /** Lets the server finish what it accepted, then removes the city. */
  async stop() {
    const server = this.#server;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode === null) {
      server.kill('SIGTERM');
      const inTime = await Promise.race([ended.then(() => true), sleep(PATIENCE_MS, false, { ref: false })]);
      if (!inTime) server.kill('SIGKILL');
    }
    await remove(this);
  }
}

const sqlite = (folder) => `sqlite:${join(folder, 'hs.db')}`;
const clock = ({ folder }) => join(folder, 'clock');

function program() {
  if (!process.env.HS_BIN) throw new Error('HS_BIN must name the server program (`cargo xtask test` sets it)');
  return process.env.HS_BIN;
}

function environment(city) {
  return {
    ...process.env,
    DATABASE_URL: city.url,
    HS_DATA: city.folder,
    HS_ADDR: new URL(city.origin).host,
    HS_PUBLIC_URL: city.origin,
    HS_DEMO: '1',
    HS_CLOCK_SHIFT: clock(city),
  };
}

/**
 * How a program ended.
 * @returns {Promise<{ code: number, output: string }>}
 */
async function told(running) {
  try {
    const { stdout, stderr } = await running;
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    if (typeof error.code !== 'number') throw error;
    return { code: error.code, output: error.stdout + error.stderr };
  }
}

const hs = (city, args) => run(program(), args, { env: environment(city), maxBuffer: 1 << 24 });

/** A port nobody listens on just now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
