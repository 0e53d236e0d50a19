import { createServer } from "node:http";
import type { APIRequestContext, Page } from "@playwright/test";
import { build } from "esbuild";
import { previewAudience } from "../core/api/audiences";
import { createSource, getSource } from "../core/api/sources";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "own", sample: false });

/** A site of another origin than Foothold's, as every site that sends is. Answers each path with its page. */
async function openSite(pages: Readonly<Record<string, string>>) {
  const server = createServer((request, response) => {
    response.setHeader("content-type", request.url?.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8");
    response.end(pages[request.url ?? ""] ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The site has no port.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The code that the source's page shows for a way to send, as somebody would copy it. */
async function codeOf(page: Page, sourceId: string, sender: string): Promise<string> {
  await page.goto(`/sources/${sourceId}`);
  const setUp = page.getByRole("region", { name: "Set-up" });
  await setUp.getByRole("radio", { name: sender }).click();
  return (await setUp.getByRole("code").last().textContent()) ?? "";
}

async function peopleWho(api: APIRequestContext, event: string) {
  const definition = { version: 1, includeAnonymous: true, root: { kind: "event", event } };
  const { people } = await answered(
    previewAudience.answer,
    api.post("/api/audiences/preview", { data: { definition } }),
  );
  return people;
}

test("a web page with the snippet of the source's page sends, before somebody is known and after, also while it is left", async ({
  page,
  api,
  foothold,
}) => {
  const { id } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "Shop" } }));
  const [loader = ""] = (await codeOf(page, id, "Web page")).split("<!--");
  const site = await openSite({
    "/": `<title>Shop</title>${loader}<a href="/left" onclick="analytics.track('Shop Left')">Leave</a>
      <button onclick="analytics.identify('shopper-1', { email: 'shopper@example.com' }); analytics.track('Account Opened')">Sign up</button>`,
    "/left": "<title>Elsewhere</title>",
  });
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (![site.origin, foothold.origin].includes(new URL(request.url()).origin)) elsewhere.push(request.url());
  });
  await page.goto(site.origin);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect
    .poll(async () => (await peopleWho(api, "Account Opened")).map(({ userId }) => userId))
    .toEqual(["shopper-1"]);
  await page.getByRole("link", { name: "Leave" }).click();
  await expect(page).toHaveTitle("Elsewhere");
  await expect.poll(async () => (await peopleWho(api, "Shop Left")).length).toBe(1);

  const [shopper] = await peopleWho(api, "Shop Left");
  expect(shopper).toMatchObject({ userId: "shopper-1", email: "shopper@example.com" });
  expect(shopper?.anonymousIds).toHaveLength(1);
  expect(elsewhere).toEqual([]);
  await site.close();
});

test("a bundled site sends by the code of the source's page", async ({ page, api }) => {
  const { id } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "Web app" } }));
  const code = await codeOf(page, id, "Bundler");
  const { outputFiles } = await build({
    stdin: {
      contents: code.replace("Account Created", "Trial Begun"),
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const site = await openSite({
    "/": '<title>App</title><script src="/app.js"></script>',
    "/app.js": outputFiles[0]?.text ?? "",
  });
  await page.goto(site.origin);
  await expect
    .poll(async () => (await peopleWho(api, "Trial Begun")).map(({ email }) => email))
    .toEqual(["ada@example.com"]);
  await site.close();
});

test("a page of another origin may send with any header of an SDK, and what is batched is sent when the page is left", async ({
  page,
  api,
  foothold,
}) => {
  const { id, writeKey } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "Batched" } }));
  const { outputFiles } = await build({
    stdin: {
      contents: `import { AnalyticsBrowser } from "@segment/analytics-next";
        window.analytics = AnalyticsBrowser.load({ writeKey: "${writeKey}", cdnURL: "${foothold.origin}" }, {
          integrations: { "Segment.io": {
            apiHost: "${new URL(foothold.origin).host}/v1", protocol: "http",
            deliveryStrategy: { strategy: "batching", config: { size: 50, timeout: 60_000 } },
          } },
        });`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const site = await openSite({
    "/": '<title>Shop</title><script src="/app.js"></script><a href="/left">Leave</a>',
    "/app.js": outputFiles[0]?.text ?? "",
    "/left": "<title>Elsewhere</title>",
  });
  await page.goto(site.origin);
  // A request that no page may make without having asked: it goes through only where the preflight allows it.
  const status = await page.evaluate(
    async ([origin, key]) => {
      const headers = {
        "content-type": "application/json",
        authorization: `Basic ${btoa(`${key}:`)}`,
        "x-retry-count": "1",
      };
      const body = JSON.stringify({ userId: "shopper-2", event: "Preflighted" });
      return (await fetch(`${origin}/v1/track`, { method: "POST", headers, body })).status;
    },
    [foothold.origin, writeKey],
  );
  expect(status).toBe(200);

  await page.evaluate(
    "analytics.ready().then(() => Promise.all([1, 2, 3].map((n) => analytics.track('Carted', { n }))))",
  );
  expect(await peopleWho(api, "Carted")).toEqual([]);
  await page.getByRole("link", { name: "Leave" }).click();
  await expect(page).toHaveTitle("Elsewhere");
  await expect.poll(async () => (await peopleWho(api, "Carted")).length).toBe(1);
  const { messages } = await answered(getSource.answer, api.get(`/api/sources/${id}`));
  expect(messages).toBe(4);
  await site.close();
});

test("the SDK of an unknown write key, and parts that it does not have, are not there", async ({ api, foothold }) => {
  for (const path of ["/analytics.js/v1/nobody/analytics.min.js", "/analytics-next/bundles/..%2f..%2fpackage.json"]) {
    const answer = await api.get(`${foothold.origin}${path}`);
    expect(answer.status(), path).toBe(404);
  }
});
