import { defineConfig } from "@playwright/test";

const asRoot = process.getuid?.() === 0;
const launchArguments = [
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  // Each worker has a server of its own (e2e/foothold.ts); two of them with their browsers fill two cores.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // Generous, for machines that do other things besides: nothing here waits longer than it must.
  timeout: 120_000,
  // A second try is reported as flaky, with its trace; it does not hide a test that fails.
  retries: 1,
  expect: { timeout: 30_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    // Colours that are under way would be measured by axe, and a moving thing is not clicked.
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      // Chromium's sandbox refuses to run as root.
      args: asRoot ? ["--no-sandbox", ...launchArguments] : launchArguments,
    },
  },
});
