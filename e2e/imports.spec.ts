import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { previewAudience } from "../core/api/audiences";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "imports", sample: false });

const messages = [
  {
    type: "identify",
    userId: "n-1",
    messageId: "m-1",
    timestamp: "2026-01-02T03:04:05.678Z",
    traits: { plan: "trial" },
  },
  { type: "track", userId: "n-1", messageId: "m-2", timestamp: "2026-01-02T03:05:00.000Z", event: "Report Opened" },
  { type: "track", userId: "n-2", messageId: "m-3", timestamp: "2026-01-03T00:00:00.000Z", event: "Report Opened" },
];
const refused = ["{ not json", JSON.stringify({ type: "track", userId: "n-3", messageId: "m-4" })];
const ndjson = [...messages.map((message) => JSON.stringify(message)), ...refused].join("\n");

async function importFile(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page.getByLabel("File to import").setInputFiles({
    name,
    mimeType: "application/octet-stream",
    buffer: Buffer.from(content),
  });
  await page.getByRole("button", { name: `Import ${name}` }).click();
}

test("NDJSON is imported once, and refused lines can be downloaded with their reasons", async ({ page, api }) => {
  await page.goto("/imports");
  await importFile(page, "history.ndjson.gz", gzipSync(ndjson));
  const runs = page.getByRole("region", { name: "Imports", exact: true }).getByRole("listitem");
  await expect(runs.first()).toContainText("5 lines: 3 accepted · 0 duplicates · 2 rejected");

  const download = page.waitForEvent("download");
  await runs.first().getByRole("link", { name: "Download with reasons" }).click();
  const lines: Record<string, string>[] = parse(await readFile(await (await download).path()), { columns: true });
  expect(lines.map((line) => Object.values(line)[0])).toEqual(["4", "5"]);

  await importFile(page, "history.ndjson.gz", gzipSync(ndjson));
  await expect(runs).toHaveCount(2);
  await expect(runs.first()).toContainText("5 lines: 0 accepted · 3 duplicates · 2 rejected");

  const definition = { version: 1, root: { kind: "event", event: "Report Opened" } };
  const preview = await answered(previewAudience.answer, api.post("/api/audiences/preview", { data: { definition } }));
  expect(preview.count).toBe(2);
});

test("CSV is imported by what its columns are said to be", async ({ page, api }) => {
  await page.goto("/imports");
  const csv = [
    "customer,what,when,amount",
    '"c-1",Order Completed,2026-02-01T10:00:00Z,"12.50"',
    "c-2,Order Completed,2026-02-02,8",
  ];
  await page.getByLabel("File to import").setInputFiles({
    name: "orders.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(csv.join("\r\n")),
  });
  await page.getByRole("radio", { name: "an event" }).click();
  await page.getByLabel("customer is").selectOption({ label: "User id" });
  await page.getByLabel("what is").selectOption({ label: "Event name" });
  await page.getByLabel("when is").selectOption({ label: "Time" });
  await page.getByRole("button", { name: "Import orders.csv" }).click();
  const runs = page.getByRole("region", { name: "Imports", exact: true }).getByRole("listitem");
  await expect(runs.filter({ hasText: "orders.csv" })).toContainText("2 lines: 2 accepted · 0 duplicates · 0 rejected");

  const where = [{ property: "amount", op: "gte", value: 10 }];
  const definition = { version: 1, root: { kind: "event", event: "Order Completed", where } };
  const { people } = await answered(
    previewAudience.answer,
    api.post("/api/audiences/preview", { data: { definition } }),
  );
  expect(people.map(({ userId }) => userId)).toEqual(["c-1"]);
});
