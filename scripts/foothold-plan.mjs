#!/usr/bin/env node
import "./require-node.mjs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { contentHash } from "./content-hash.mjs";
import { prepare } from "./prepare.mjs";
import { root } from "./run.mjs";
import { isCurrent, markCurrent } from "./stamp.mjs";

const output = "dist/foothold-plan.js";
const inputs = ["core", "scripts/plan-check", "tsconfig.json", "package-lock.json"];

/** Checks events against a tracking plan, without a server: made from its sources when it is first called. */
async function build() {
  const hash = contentHash(inputs);
  if (isCurrent("foothold-plan", hash, [output])) return;
  await prepare();
  const { build: bundle } = await import("esbuild");
  await bundle({
    absWorkingDir: root,
    entryPoints: ["scripts/plan-check/main.ts"],
    outfile: output,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
  markCurrent("foothold-plan", hash);
}

await build();
await import(pathToFileURL(path.join(root, output)).href);
