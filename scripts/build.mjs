import { readFile } from "node:fs/promises";
import path from "node:path";
import { contentHash } from "./content-hash.mjs";
import { mustSucceed, root, runPackage } from "./run.mjs";
import { isCurrent, markCurrent } from "./stamp.mjs";
import { step } from "./step.mjs";

const pageInputs = [
  "app",
  "client",
  "components",
  "core",
  "public",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const serverInputs = [
  "server.ts",
  "server",
  "core",
  "generated",
  "tsconfig.json",
  "package-lock.json",
  "scripts/build.mjs",
];

async function buildPages() {
  const hash = contentHash(pageInputs);
  if (isCurrent("pages", hash, [".next/BUILD_ID"])) return;
  await step("Building the pages", () =>
    mustSucceed(
      runPackage("next/dist/bin/next", ["build"], { env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } }),
      "next build",
    ),
  );
  markCurrent("pages", hash);
}

/** A source that looks for files beside itself finds them from a bundle in `dist` as well: they stay where the sources are. */
const besideTheSource = {
  name: "beside-the-source",
  setup(bundler) {
    bundler.onLoad({ filter: /\/server\/.*\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, "utf8");
      const fromBundle = JSON.stringify(`/../${path.relative(root, path.dirname(file))}`);
      return {
        loader: "ts",
        contents: text.replaceAll("import.meta.dirname", `(import.meta.dirname + ${fromBundle})`),
      };
    });
  },
};

/** Bundles programs of the server's side into `dist`, each under the name of its source. */
async function bundle(entryPoints) {
  const { build: esbuild } = await import("esbuild");
  await esbuild({
    absWorkingDir: root,
    entryPoints,
    outdir: "dist",
    entryNames: "[name]",
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    logLevel: "warning",
    plugins: [besideTheSource],
  });
}

async function buildServer() {
  const hash = contentHash(serverInputs);
  if (isCurrent("server", hash, ["dist/server.js"])) return;
  await step("Building the server", () => bundle(["server.ts"]));
  markCurrent("server", hash);
}

/** Builds what the bench runs, as the server is built: what runs the sources as they are is slower. */
export async function buildBench() {
  await step("Building the bench", () =>
    bundle(["bench", "serve", "send-steadily"].map((name) => `scripts/bench/${name}.ts`)),
  );
}

/** Builds the pages (`.next`) and the server (`dist/server.js`) from their sources, each only when its sources changed. */
export async function build() {
  await buildPages();
  await buildServer();
}
