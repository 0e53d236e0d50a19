import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { mustSucceed, run, runPackage } from "./run.mjs";
import { step } from "./step.mjs";

const systemNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

function onPath(name) {
  try {
    return execFileSync("sh", ["-c", 'command -v "$1"', "sh", name], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

/** Path of a Chromium that is here: the one named by CHROMIUM_PATH, Playwright's own, or the system's. */
function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names a file that does not exist: ${named}`);
    return named;
  }
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  for (const name of systemNames) {
    const found = onPath(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Finds a Chromium or installs one: Debian's package where this is root on a Debian, Playwright's own download elsewhere.
 * @returns {Promise<string>} its path
 */
export async function ensureBrowser() {
  const here = findBrowser();
  if (here !== undefined) return here;
  await step("Installing Chromium", async () => {
    if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
      const env = { DEBIAN_FRONTEND: "noninteractive" };
      await mustSucceed(run("apt-get", ["update"], { env }), "apt-get update");
      await mustSucceed(
        run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env }),
        "apt-get install chromium",
      );
    } else {
      await mustSucceed(runPackage("@playwright/test/cli.js", ["install", "chromium"]), "playwright install chromium");
    }
  });
  const installed = findBrowser();
  if (installed === undefined)
    throw new Error("No Chromium was found after installing one. Set CHROMIUM_PATH to a browser.");
  return installed;
}
