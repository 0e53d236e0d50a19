import { defineConfig } from "@playwright/test";
import checks from "../../playwright.config";

/** Pictures for the documentation: the same server and browser as in the checks. */
export default defineConfig({
  ...checks,
  testDir: ".",
  testMatch: "*.shot.ts",
  outputDir: "../../test-results/screenshots",
  reporter: "list",
  workers: 1,
  use: { ...checks.use, contextOptions: { ...checks.use?.contextOptions, deviceScaleFactor: 2 } },
});
