import { spawn } from "node:child_process";
import path from "node:path";

/** The project's folder, whatever its name. */
export const root = path.dirname(import.meta.dirname);

const keptOutput = 400_000;

/**
 * Runs a program in the project's folder. With `show` its output goes to the terminal, otherwise it is kept.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, show?: boolean }} options
 * @returns {Promise<{ code: number, output: string }>} the exit code (1 when it was killed or cannot be started)
 */
export function run(command, args, { env = {}, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-keptOutput);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.on("error", (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on("close", (code, signal) => {
      resolve({ code: code ?? 1, output: signal === null ? output : `${output}ended by ${signal}\n` });
    });
  });
}

/** A program that an installed package brings: `node node_modules/<package>/<file>`, without npx and its start-up time. */
export function runPackage(file, args, options) {
  return run(process.execPath, [path.join(root, "node_modules", file), ...args], options);
}

/**
 * Like `run`, but what fails is thrown with the end of what it wrote.
 * @param {Promise<{ code: number, output: string }>} running
 * @param {string} what
 */
export async function mustSucceed(running, what) {
  const { code, output } = await running;
  if (code !== 0)
    throw new Error(`${what} failed (exit code ${code}).\n\n${output.trimEnd().split("\n").slice(-60).join("\n")}`);
  return output;
}
