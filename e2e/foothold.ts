import { type APIRequestContext, type BrowserContext, test as base, expect } from "@playwright/test";
import { setUpOwner } from "./owner";
import { loadSample } from "./sample";
import { type ServerProcess, startServer } from "./server-process";

export { expect };

interface Foothold extends ServerProcess {
  /** Cookies of the signed-in owner. */
  signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;
}

interface WorkerFixtures {
  /**
   * Tests that name the same workspace share one server, one worker after another; another name gets a server of its own.
   * What a test leaves behind is therefore seen by the next one of the same workspace: name what you make apart.
   */
  workspace: string;
  /** Whether the sample workspace is loaded before the first test. */
  sample: boolean;
  foothold: Foothold;
}

interface TestFixtures {
  /** The management API with the owner's token: `api.get("/api/audiences")`. */
  api: APIRequestContext;
}

/** Playwright's `test` on a real server of this worker, with the owner signed in and `page.goto("/")` at its origin. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  workspace: ["sample", { scope: "worker", option: true }],
  sample: [true, { scope: "worker", option: true }],
  foothold: [
    async ({ browser, playwright, sample }, provide) => {
      const server = await startServer();
      const context = await browser.newContext();
      await setUpOwner(await context.newPage(), server.origin);
      const signedIn = await context.storageState();
      await context.close();
      if (sample) {
        const api = await playwright.request.newContext(apiOptions(server));
        await loadSample(api);
        await api.dispose();
      }
      await provide({ ...server, signedIn });
      await server.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  baseURL: async ({ foothold }, provide) => provide(foothold.origin),
  storageState: async ({ foothold }, provide) => provide(foothold.signedIn),
  api: async ({ foothold, playwright }, provide) => {
    const api = await playwright.request.newContext(apiOptions(foothold));
    await provide(api);
    await api.dispose();
  },
});

function apiOptions({ origin, token }: ServerProcess) {
  return { baseURL: origin, extraHTTPHeaders: { authorization: `Bearer ${token}` } };
}
