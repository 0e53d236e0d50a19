import { defineConfig } from "vitest/config";

// As scripts/start.cjs does for the product: every query holds a thread.
process.env.UV_THREADPOOL_SIZE ??= "16";

export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    // chDB holds one folder per process, so every file runs in a process of its own.
    pool: "forks",
    include: ["{core,server,client,components,scripts,tests}/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/support/seed.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
