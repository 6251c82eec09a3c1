// Databases: those of PostgreSQL are made and dropped through `psql`, in the cluster of `TEST_DATABASE_URL`.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The cluster's first database, or nothing where only SQLite is tested. */
export const cluster = process.env.TEST_DATABASE_URL;

/** Texts sort by bytes, as they do in SQLite: ranges over area paths rely on it. */
const EMPTY = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'";

/**
 * Makes a database, empty or as a copy of another one that nobody is connected to.
 * @param {string} [original] URL of the database to copy
 * @returns {Promise<string>} its URL
 */
export async function create(original) {
  const name = `e2e_${randomBytes(6).toString('hex')}`;
  await command(`CREATE DATABASE ${name} ${original ? `TEMPLATE ${nameOf(original)}` : EMPTY}`);
  const url = new URL(cluster);
  url.pathname = name;
  return url.href;
}

/**
 * Drops a database, ending what is still connected to it.
 * @param {string} url
 */
export async function drop(url) {
  await command(`DROP DATABASE IF EXISTS ${nameOf(url)} WITH (FORCE)`);
}

/**
 * Runs a statement in a city's database, to bring about what no page can, such as work that failed.
 * @param {string} url
 * @param {string} sql
 * @returns {Promise<string>} its rows, one a line
 */
export async function execute(url, sql) {
  const [program, ...args] = url.startsWith('sqlite:')
    ? ['sqlite3', '-cmd', '.timeout 5000', url.slice('sqlite:'.length), sql]
    : ['psql', '--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--command', sql, url];
  return (await run(program, args)).stdout.trim();
}

const nameOf = (url) => new URL(url).pathname.slice(1);

const command = (sql) => run('psql', ['--no-psqlrc', '--quiet', '--command', sql, cluster]);
