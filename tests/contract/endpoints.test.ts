import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { openTestApp, type TestApp } from "../support/app";
import { declaredEndpoints, nameOf, openPaths } from "./declared-endpoints";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const operation = z.object({
  summary: z.string().min(1),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["path", "query", "header"]), required: z.boolean() })),
  requestBody: z.object({ content: z.record(z.string(), z.unknown()) }).optional(),
  responses: z.record(z.string(), z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) })),
  security: z.array(z.unknown()).optional(),
});
const document = z.object({
  openapi: z.literal("3.1.0"),
  info: z.object({ title: z.literal("Foothold"), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    schemas: z.object({ Error: z.unknown() }),
    securitySchemes: z.object({ token: z.unknown() }),
  }),
});

async function description() {
  const { status, body } = await app.call("GET", "/api/openapi.json");
  expect(status).toBe(200);
  return document.parse(body);
}

describe("the declarations", () => {
  it("are all known to these tests", async () => {
    const files = (await readdir("core/api")).map((file) => file.replace(/\.ts$/, ""));
    const without = new Set(["endpoint", "shared", "versions"]);
    expect(files.filter((file) => !without.has(file)).sort()).toEqual([
      "accounts",
      "alerts",
      "audience-insight",
      "audience-versions",
      "audiences",
      "catalogue",
      "debugger",
      "destinations",
      "forwarding",
      "funnel-versions",
      "funnels",
      "health",
      "identity",
      "imports",
      "ingest-health",
      "members-links",
      "memberships",
      "profiles",
      "progress",
      "schedules",
      "sources",
      "suppressions",
      "syncs",
      "tracking-plan",
      "workspace",
      "workspaces",
    ]);
    expect(new Set(declaredEndpoints.map(nameOf)).size).toBe(declaredEndpoints.length);
  });

  it("are implemented, each of them and nothing besides", async () => {
    const { paths } = await description();
    const implemented = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
    );
    expect(implemented.sort()).toEqual(declaredEndpoints.map(nameOf).sort());
  });
});

describe("the OpenAPI document", () => {
  it("tells each endpoint's inputs, answer, errors and who may call it", async () => {
    const { paths } = await description();
    for (const endpoint of declaredEndpoints) {
      const name = nameOf(endpoint);
      const told = paths[endpoint.path.replace(/:(\w+)/g, "{$1}")]?.[endpoint.method.toLowerCase()];
      expect(told, name).toBeDefined();
      if (told === undefined) continue;
      const inPath = told.parameters.filter((parameter) => parameter.in === "path").map((parameter) => parameter.name);
      expect(inPath, name).toEqual([...endpoint.path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter));
      expect(told.requestBody !== undefined, name).toBe(
        endpoint.body !== undefined || endpoint.streams?.body !== undefined,
      );
      expect(Object.keys(told.responses).sort(), name).toEqual([String(endpoint.status ?? 200), "4XX", "5XX"]);
      const anywhere = told.parameters.some(
        ({ name: header, in: place }) => place === "header" && header === "X-Workspace",
      );
      expect(anywhere, name).toBe(!openPaths.has(endpoint.path));
      expect(told.security, name).toEqual(openPaths.has(endpoint.path) ? [] : undefined);
    }
  });

  it("holds the condition tree as a schema, once", async () => {
    const text = JSON.stringify(await app.call("GET", "/api/openapi.json"));
    expect(text).toContain('"more_than_ago"');
    const refs = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
    expect(refs).toContain("#/components/schemas/Error");
    for (const ref of refs) expect(ref).toMatch(/^#\/components\/schemas\/\w+$/);
  });
});
