import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { createSource, getSource } from "@/core/api/sources";
import { buildProduct, type ServerProcess, spawnServer, untilReady } from "./support/server-process";
import { testToken } from "./support/services";

let folder: string;
const running: ServerProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foothold-process-"));
  await buildProduct();
}, 600_000);
afterEach(async () => {
  for (const { child, exited } of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await exited;
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(name: string, env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await spawnServer(join(folder, name), env);
  running.push(server);
  return server;
}

async function source(server: ServerProcess, name: string) {
  const answer = await server.call("POST", "/api/sources", { name });
  expect(answer.status).toBe(201);
  return createSource.answer.parse(await answer.json());
}

async function track(server: ServerProcess, writeKey: string, event: string): Promise<void> {
  const answer = await fetch(`${server.origin}/v1/track`, {
    method: "POST",
    body: JSON.stringify({ writeKey, userId: "ada", event, messageId: event }),
  });
  expect(answer.status).toBe(200);
}

async function messagesOf(server: ServerProcess, id: string): Promise<number> {
  return getSource.answer.parse(await (await server.call("GET", `/api/sources/${id}`)).json()).messages;
}

describe("the process", () => {
  it("says that it is starting, then serves on every loopback address", async () => {
    const server = await start("start");
    const statuses = await untilReady(server);
    expect(statuses).toContain(503);
    expect(statuses.at(-1)).toBe(200);
    await vi.waitFor(() => expect(server.said()).toContain(`Foothold is ready at ${server.origin}\n`));
    const { port } = new URL(server.origin);
    for (const host of ["127.0.0.1", "localhost"]) {
      const answer = await fetch(`http://${host}:${port}/api/health`);
      expect(await answer.json()).toEqual({
        status: "ok",
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        eventStore: "chdb",
        metadata: "pglite",
      });
    }
  }, 120_000);

  it("refuses to share its folder, before it touches a store or a port", async () => {
    const first = await start("shared");
    await untilReady(first);
    const second = await start("shared");
    expect(await second.exited).toMatchObject({ code: 1 });
    expect(second.said()).toContain(`Process ${first.child.pid}`);
    expect(second.said()).toContain(first.origin);
    expect(second.said()).toMatch(/stop that one first, or set DATA_DIR/);
    expect((await first.call("GET", "/api/workspace")).status).toBe(200);

    first.child.kill("SIGKILL");
    await first.exited;
    // The system gives the folder free, however the process ended.
    const third = await start("shared");
    await untilReady(third);
  }, 120_000);

  it("says which port is taken, and which setting is wrong", async () => {
    const first = await start("ports");
    await untilReady(first);
    const { port } = new URL(first.origin);
    const second = await start("other", { PORT: port });
    expect(await second.exited).toMatchObject({ code: 1 });
    expect(second.said()).toContain(`Port ${port} is in use`);
    expect(await readdir(join(folder, "other"))).toEqual(["lock"]);

    const third = await start("other", { PORT: "many", FOOTHOLD_API_TOKEN: "short", CLICKHOUSE_URL: "clickhouse" });
    expect(await third.exited).toMatchObject({ code: 1 });
    for (const name of ["PORT", "FOOTHOLD_API_TOKEN", "CLICKHOUSE_URL"]) expect(third.said()).toContain(`${name} must`);
    expect(third.said()).not.toContain("short");
  }, 120_000);

  it("says which store it cannot open, and why", async () => {
    const server = await start("unreachable", { DATABASE_URL: "postgresql://owner:top-secret@127.0.0.1:1/foothold" });
    expect(await server.exited).toMatchObject({ code: 1 });
    expect(server.said()).toMatch(/metadata database of DATABASE_URL cannot be opened: .*ECONNREFUSED/);
    expect(server.said()).not.toContain("top-secret");
  }, 120_000);

  it("ends what was begun when told to stop, and has everything after the next start", async () => {
    const server = await start("kept");
    await untilReady(server);
    const website = await source(server, "Website");
    await track(server, website.writeKey, "Account Created");
    await server.call("PATCH", "/api/workspace", { timeZone: "Europe/Berlin" });

    const slow = request(`${server.origin}/api/sources`, {
      method: "POST",
      headers: { authorization: `Bearer ${testToken}` },
    });
    slow.write('{"name":');
    await sleep(200);
    server.child.kill("SIGTERM");
    await sleep(500);
    await expect(fetch(`${server.origin}/api/health`)).rejects.toThrow();
    slow.end('"Begun before the end"}');
    const [answer] = await once(slow, "response");
    expect(answer.statusCode).toBe(201);
    answer.resume();
    expect(await server.exited).toEqual({ code: 0, signal: null });

    const again = await start("kept");
    await untilReady(again);
    const listed = z
      .object({ items: z.array(z.object({ name: z.string() })) })
      .parse(await (await again.call("GET", "/api/sources")).json());
    expect(listed.items.map(({ name }) => name)).toEqual(["Website", "Begun before the end"]);
    expect(await (await again.call("GET", "/api/workspace")).json()).toMatchObject({ timeZone: "Europe/Berlin" });
    expect(await messagesOf(again, website.id)).toBe(1);
  }, 120_000);

  it("loses nothing that it acknowledged when it is killed", async () => {
    const server = await start("killed");
    await untilReady(server);
    const website = await source(server, "Website");
    await Promise.all([1, 2, 3].map((number) => track(server, website.writeKey, `Event ${number}`)));
    server.child.kill("SIGKILL");
    await server.exited;
    const again = await start("killed");
    await untilReady(again);
    expect(await messagesOf(again, website.id)).toBe(3);
  }, 120_000);

  it("ends at once when it is told a second time", async () => {
    const server = await start("twice");
    await untilReady(server);
    const hanging = request(`${server.origin}/api/sources`, {
      method: "POST",
      headers: { authorization: `Bearer ${testToken}` },
    });
    hanging.on("error", () => {});
    hanging.write("{");
    await sleep(200);
    server.child.kill("SIGINT");
    await sleep(300);
    expect(server.child.exitCode).toBeNull();
    server.child.kill("SIGINT");
    expect(await server.exited).toEqual({ code: 1, signal: null });
  }, 120_000);
});

describe("the pages", () => {
  it("lead in, and carry the headers that guard them", async () => {
    const server = await start("pages");
    await untilReady(server);
    const visit = (path: string, cookie = "") =>
      fetch(`${server.origin}${path}`, { redirect: "manual", headers: cookie === "" ? {} : { cookie } });
    const place = async (path: string, cookie?: string) => (await visit(path, cookie)).headers.get("location");

    expect(await place("/")).toBe("/setup");
    expect(await place("/audiences?sort=name")).toBe("/setup");
    const setup = await visit("/setup");
    expect(setup.status).toBe(200);
    expect(setup.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(setup.headers.get("x-content-type-options")).toBe("nosniff");
    const [asset = ""] = /\/_next\/static\/[^"]+\.(js|css)/.exec(await setup.text()) ?? [];
    expect((await visit(asset)).status).toBe(200);

    const account = { name: "Ada", email: "ada@example.com", password: "a long pass phrase" };
    const made = await fetch(`${server.origin}/api/auth/sign-up/email`, {
      method: "POST",
      body: JSON.stringify(account),
    });
    const cookie = made.headers
      .getSetCookie()
      .map((text) => text.split(";")[0])
      .join("; ");
    expect(made.headers.getSetCookie().join()).toMatch(/HttpOnly; SameSite=Lax/);

    expect(await place("/")).toBe("/login");
    expect(await place("/setup")).toBe("/login");
    expect(await place("/audiences?sort=name")).toBe("/login?next=%2Faudiences%3Fsort%3Dname");
    expect((await visit("/login")).status).toBe(200);
    expect((await visit("/", cookie)).status).toBe(200);
    expect(await place("/login?next=/audiences", cookie)).toBe("/audiences");
    expect(await place("/login?next=//example.com", cookie)).toBe("/");
    expect((await visit("/no/such/page", cookie)).status).toBe(404);
  }, 120_000);
});
