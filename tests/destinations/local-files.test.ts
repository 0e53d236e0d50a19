import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { createAudience } from "@/core/api/audiences";
import { createDestination, testSettings } from "@/core/api/destinations";
import { createSync } from "@/core/api/syncs";
import { workspace as workspaceShape } from "@/core/api/workspace";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { testToken } from "@/tests/support/services";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
vi.setConfig({ testTimeout: 60_000 });

const line = z.object({ change: z.enum(["entered", "exited"]), identifier: z.string(), timestamp: z.iso.datetime() });

/** The paths of all files in a folder, without those that are being written. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

async function linesIn(folder: string): Promise<unknown[]> {
  const texts = await Promise.all((await filesIn(folder)).map((path) => readFile(path, "utf8")));
  return texts.flatMap((text) => text.trim().split("\n")).map((text) => JSON.parse(text));
}

function inWorkspace(workspaceId?: string) {
  const headers = {
    authorization: `Bearer ${testToken}`,
    ...(workspaceId !== undefined && { "x-workspace": workspaceId }),
  };
  const ok = async <Answer>(answer: z.ZodType<Answer>, path: string, body: unknown): Promise<Answer> => {
    const response = await app.fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    expect(response.status, path).toBeLessThan(300);
    return answer.parse(await response.json());
  };
  return {
    ok,
    /** Somebody in an audience that is sent to a folder, and who then leaves it. */
    async sync(person: string, folder: string) {
      const { writeKey } = await ok(z.object({ writeKey: z.string() }), "/api/sources", { name: "App" });
      const send = (event: string) =>
        app.fetch("/v1/batch", {
          method: "POST",
          body: JSON.stringify({ writeKey, batch: [{ type: "track", userId: person, event }] }),
        });
      await send("Account Created");
      await send("Began");
      const done = (event: string) => ({ kind: "event", event });
      const root = {
        kind: "all",
        conditions: [done("Account Created"), { kind: "not", condition: done("Activated") }],
      };
      const definition = { version: 1, root };
      const { id: audienceId } = await ok(createAudience.answer, "/api/audiences", { name: "Stuck", definition });
      const { id: destinationId } = await ok(createDestination.answer, "/api/destinations", {
        tool: "local-files",
        name: "Files",
        settings: { folder },
      });
      await ok(createSync.answer, "/api/syncs", { audienceId, destinationId });
      return { leave: () => send("Activated") };
    },
  };
}

test("who enters and leaves stands in files of the workspace's own folder", async () => {
  const { filesDir } = app.installation.env;
  const { leave } = await inWorkspace().sync("ann", "crm/stuck");
  const lines = async () => z.array(line).parse(await linesIn(join(filesDir, "crm/stuck")));
  await vi.waitFor(async () => expect(await lines()).toMatchObject([{ change: "entered", identifier: "ann" }]), 30_000);
  await leave();
  await vi.waitFor(
    async () => expect((await lines()).map(({ change }) => change).sort()).toEqual(["entered", "exited"]),
    30_000,
  );
  for (const path of await filesIn(filesDir)) {
    expect(path).toMatch(/\/files\/crm\/stuck\/stuck\/\d{4}-\d\d-\d\d\/[0-9a-f]{32}\.ndjson$/);
  }

  const made = await app.call("POST", "/api/workspaces", { name: "Staging", environment: "staging" });
  const { id } = workspaceShape.parse(made.body);
  await inWorkspace(id).sync("eve", "crm/stuck");
  const theirs = join(filesDir, "workspaces", id, "crm/stuck");
  await vi.waitFor(async () => expect(await linesIn(theirs)).toMatchObject([{ identifier: "eve" }]), 30_000);
  expect(JSON.stringify(await linesIn(join(filesDir, "crm")))).not.toContain("eve");
});

test("a folder is tried before it is kept, and no name leads out of the one that is allowed", async () => {
  const { ok } = inWorkspace();
  const tried = (folder: string) =>
    ok(testSettings.answer, "/api/destinations/test", { tool: "local-files", settings: { folder } });
  expect(await tried("tried")).toEqual({
    ok: true,
    message: `Files are written to ${join(app.installation.env.filesDir, "tried")}.`,
  });
  for (const folder of [
    "..",
    "a/../b",
    "/etc",
    "a//b",
    ".hidden",
    "a/.git",
    "",
    "workspaces",
    "workspaces/x",
    "a\\b",
  ]) {
    const { status, body } = await app.call("POST", "/api/destinations/test", {
      tool: "local-files",
      settings: { folder },
    });
    expect({ status, body }, folder).toMatchObject({ status: 400, body: { error: { path: "settings.folder" } } });
  }
});
