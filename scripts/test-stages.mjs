import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "./build.mjs";
import { checkFiles } from "./check-files.mjs";
import { root, runPackage } from "./run.mjs";

const reports = path.join(root, "test-results/reports");

/** A stage that is one check: it passes or fails as a whole. `failures` name what failed, for those who read only the end. */
async function check(...runs) {
  for (const start of runs) if ((await start()).code !== 0) return { passed: 0, failed: 1 };
  return { passed: 1, failed: 0 };
}

const show =
  (file, ...args) =>
  () =>
    runPackage(file, args, { show: true });

/**
 * Runs a test runner that writes a JSON report, and counts by the report. A runner that fails without a failed test in its
 * report (it crashed, or nothing could be loaded) counts as one failure.
 */
async function countByReport(name, start, count) {
  const file = path.join(reports, `${name}.json`);
  mkdirSync(reports, { recursive: true });
  rmSync(file, { force: true });
  const { code } = await start(file);
  let counts = { passed: 0, failed: 0 };
  try {
    counts = count(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    console.error(`The report of ${name} cannot be read: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1 };
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** What was skipped was not shown to work, so it counts as failed; so does a file in which no test could be collected. */
function countVitest(report) {
  const notLoaded = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const failures = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== "passed")
      .map(({ fullName, failureMessages }) => nameFailure(name, fullName, failureMessages[0])),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numTotalTests - report.numPassedTests + notLoaded.length,
    failures: [...notLoaded.map(({ name, message }) => nameFailure(name, "could not be loaded", message)), ...failures],
  };
}

function nameFailure(file, test, message = "") {
  return `${path.relative(root, file)} › ${test}\n${message.trimEnd().split("\n").slice(0, 25).join("\n")}`;
}

/** What passed at its second try counts as passed; the list above the count names it as flaky. */
function countPlaywright({ stats, errors }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped + errors.length };
}

function vitest(files) {
  const start = (file) =>
    runPackage(
      "vitest/vitest.mjs",
      ["run", ...files, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
      {
        show: true,
      },
    );
  return countByReport("unit", start, countVitest);
}

async function playwright(files) {
  const { ensureBrowser } = await import("./ensure-browser.mjs");
  const CHROMIUM_PATH = await ensureBrowser();
  await build();
  const start = (file) =>
    runPackage("@playwright/test/cli.js", ["test", ...files, "--reporter=list,json"], {
      show: true,
      env: { CHROMIUM_PATH, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    });
  return countByReport("e2e", start, countPlaywright);
}

/** Every stage of the checks, in the order in which a mistake is cheapest to find. */
export const stages = [
  {
    name: "lint",
    what: "format and lint",
    run: () => check(show("@biomejs/biome/bin/biome", "check", "--error-on-warnings", ".")),
  },
  { name: "files", what: "names and lengths of files", run: () => checkFiles() },
  {
    name: "types",
    what: "TypeScript",
    run: () => check(show("next/dist/bin/next", "typegen"), show("typescript/bin/tsc", "--noEmit")),
  },
  {
    name: "imports",
    what: "import rules",
    run: () =>
      check(
        show(
          "dependency-cruiser/bin/dependency-cruise.mjs",
          "--config",
          ".dependency-cruiser.cjs",
          ...["app", "client", "components", "core", "server", "server.ts", "scripts", "tests", "e2e"],
        ),
      ),
  },
  { name: "unused", what: "unused files, exports and packages", run: () => check(show("knip/bin/knip.js")) },
  { name: "unit", what: "unit, parity, contract and store tests", run: vitest },
  { name: "build", what: "pages and server", run: () => build().then(() => ({ passed: 1, failed: 0 })) },
  { name: "e2e", what: "the built product in Chromium, with axe", run: playwright },
];
