// Runs the command line for the tests.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const data = process.env.LENS_ASSETS || path.join(root, '../shared');

export const asset = (name) => path.join(data, name);
export const photo = (name) => asset(`photos/${name}`);
export const readJson = (name) => JSON.parse(readFileSync(asset(name), 'utf8'));

// Answers are asked of the optimised build, broken input is given to the one with sanitizers.
export const optimised = path.join(root, 'build/release/bin/lens');
export const sanitized = path.join(root, 'build/dev/bin/lens');

// Resolves to {status, out, err} whatever the exit status; rejects when the program cannot be run or
// is killed.
export function lens(args, { binary = optimised, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 1 << 26 };
    execFile(binary, args, options, (error, out, err) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ status: error ? error.code : 0, out, err });
    });
  });
}

// The JSON that a command prints; throws what it prints on standard error when it fails.
export async function lensJson(args, options) {
  const { status, out, err } = await lens(args, options);
  if (status !== 0) throw new Error(`lens ${args.join(' ')}: status ${status}\n${err}`);
  return JSON.parse(out);
}
