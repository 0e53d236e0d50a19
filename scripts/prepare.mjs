import path from "node:path";
import { contentHash } from "./content-hash.mjs";
import { mustSucceed, run } from "./run.mjs";
import { isCurrent, markCurrent } from "./stamp.mjs";
import { step } from "./step.mjs";

/** npm as it was called, else the one on the path. */
function npm(args) {
  const called = process.env.npm_execpath;
  return called !== undefined && path.basename(called) === "npm-cli.js"
    ? run(process.execPath, [called, ...args])
    : run("npm", args);
}

async function install() {
  const hash = contentHash(
    ["package.json", "package-lock.json"],
    [process.platform, process.arch, process.versions.modules],
  );
  if (isCurrent("install", hash, ["node_modules/.package-lock.json"])) return;
  // `npm ci` refuses a lock that was made where some optional platform package could not be seen; with --no-save
  // `npm install` takes the locked versions and leaves the lock alone. Building needs the development packages,
  // which npm leaves out where NODE_ENV is production.
  await step("Installing packages", () =>
    mustSucceed(npm(["install", "--no-save", "--include=dev", "--no-audit", "--no-fund"]), "npm install"),
  );
  markCurrent("install", hash);
}

async function generate() {
  const hash = contentHash(["prisma", "prisma.config.ts", "package-lock.json"]);
  if (isCurrent("generate", hash, ["generated/prisma/client.ts"])) return;
  await step("Generating the database client", () =>
    mustSucceed(run(process.execPath, ["scripts/prisma.mjs", "generate"]), "prisma generate"),
  );
  markCurrent("generate", hash);
}

/** Installs and generates what is missing, so that the sources can be run. Takes no time when nothing is. */
export async function prepare() {
  await install();
  await generate();
}
