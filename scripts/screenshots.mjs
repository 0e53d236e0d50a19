import "./require-node.mjs";
import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "./build.mjs";
import { prepare } from "./prepare.mjs";
import { root, runPackage } from "./run.mjs";
import { step } from "./step.mjs";

const folder = path.join(root, "docs/screenshots");

/** Few colours are enough for pictures of an interface, and take a third of the room. */
async function compress(file) {
  const { default: sharp } = await import("sharp");
  const picture = await readFile(file);
  await writeFile(file, await sharp(picture).png({ palette: true, quality: 90, effort: 10 }).toBuffer());
}

/** Takes docs/screenshots from the built product with the sample workspace. */
async function takeScreenshots() {
  process.chdir(root);
  await prepare();
  const { ensureBrowser } = await import("./ensure-browser.mjs");
  const CHROMIUM_PATH = await ensureBrowser();
  await build();
  const { code } = await runPackage(
    "@playwright/test/cli.js",
    ["test", "--config", "e2e/screenshots/playwright.config.ts"],
    {
      show: true,
      env: { CHROMIUM_PATH },
    },
  );
  if (code !== 0) process.exit(code);
  await step("Compressing", async () => {
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".png")))
      await compress(path.join(folder, name));
  });
}

await takeScreenshots();
