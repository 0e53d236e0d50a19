import "./require-node.mjs";
import { spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { prepare } from "./prepare.mjs";
import { root } from "./run.mjs";
import { step } from "./step.mjs";

const dev = process.argv.includes("--dev");
/**
 * The built server, in this very process: signals and the exit code are its own. (For the same reason package.json says
 * `exec node`: npm passes a signal on to the shell that it starts, and a shell would die of it alone.) Resolves to the
 * module once requests can be served.
 */
function serve() {
  process.setSourceMapsEnabled(true);
  return import(pathToFileURL(path.join(root, "dist/server.js")).href);
}

/**
 * The sources under a watcher, which starts them anew when a file of the server changes; pages reload by themselves. The
 * server says where it is.
 */
function watch() {
  const watcher = path.join(root, "node_modules/tsx/dist/cli.mjs");
  const child = spawn(process.execPath, [watcher, "watch", "--clear-screen=false", "server.ts"], { stdio: "inherit" });
  // A terminal sends its interrupt to the watcher as well, so that only waiting is left to do here.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => process.exit(code ?? 1));
}

async function start() {
  process.chdir(root);
  process.env.NODE_ENV = dev ? "development" : "production";
  await prepare();
  if (!dev) await build();
  if (dev) return watch();
  const { address } = await step("Opening the stores", serve);
  console.log(`\nFoothold is ready: ${address}`);
}

start().catch((error) => {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
