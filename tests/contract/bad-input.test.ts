import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import type { Endpoint } from "@/core/api/endpoint";
import { errorAnswer } from "@/core/api/shared";
import { errorStatus } from "@/core/errors";
import { openTestApp, type TestApp } from "../support/app";
import { testToken } from "../support/services";
import { declaredEndpoints, nameOf, openPaths } from "./declared-endpoints";
import { mutationsOf, validBodies } from "./valid-bodies";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const withToken = { authorization: `Bearer ${testToken}` };
const address = (path: string, id = "none") => path.replace(/:\w+/g, id);

/** Parses the one error shape; whatever else was answered fails the test. */
async function refusal(response: Response, what: string) {
  const text = await response.text();
  expect(response.status, `${what}: ${text}`).toBeLessThan(500);
  expect(response.status, `${what}: ${text}`).toBeGreaterThanOrEqual(400);
  expect(response.headers.get("content-type"), what).toContain("application/json");
  const { error } = errorAnswer.parse(JSON.parse(text));
  expect(errorStatus[error.code], what).toBe(response.status);
  expect(error.message, what).toMatch(/^\S.*[.!?]$/s);
  return error;
}

/** Good or bad, but never a failure of the server. */
async function settled(response: Response, what: string): Promise<void> {
  if (response.status >= 400) await refusal(response, what);
  else await response.body?.cancel();
}

const matches = (pattern: string, at: string) => new RegExp(`^${pattern.replace(/:\w+/g, "[^/]+")}$`).test(at);
const named = declaredEndpoints.map((endpoint) => ({ name: nameOf(endpoint), endpoint }));
const send = ({ method, path }: Endpoint, body: BodyInit, headers: Record<string, string> = {}) =>
  app.fetch(address(path), { method, headers: { ...withToken, ...headers }, body });

describe("nobody", () => {
  const strangers: Record<string, string>[] = [
    {},
    { authorization: "Bearer fh_not-a-token" },
    { authorization: "Bearer " },
    { authorization: `Basic ${btoa(`${testToken}:`)}` },
    { cookie: "foothold.session_token=forged.signature" },
  ];

  it.each(named.filter(({ endpoint }) => !openPaths.has(endpoint.path)))(
    "is answered at $name without a session or a token that holds",
    async ({ endpoint: { method, path } }) => {
      for (const headers of strangers) {
        const error = await refusal(await app.fetch(address(path), { method, headers }), JSON.stringify(headers));
        expect(error.code).toBe("unauthenticated");
      }
    },
  );
});

describe("another method", () => {
  it.each(named)("than that of $name is refused, and it is said which there are", async ({ endpoint: { path } }) => {
    const declared = declaredEndpoints.filter((other) => other.path === path).map((other) => other.method);
    // GET /api/audiences/preview is not refused: it asks for an audience of that id.
    const taken = declaredEndpoints.filter((other) => matches(other.path, address(path))).map((other) => other.method);
    for (const method of ["PUT", "OPTIONS", "GET", "POST", "PATCH", "DELETE"] as const) {
      if (taken.some((one) => one === method)) continue;
      const response = await app.fetch(address(path), { method, headers: withToken });
      expect((await refusal(response, method)).code).toBe("method_not_allowed");
      expect(response.headers.get("allow")?.split(", ").sort()).toEqual([...declared].sort());
    }
  });
});

describe("an id that is none", () => {
  const ids = [
    "none",
    "%00",
    "%ED%A0%80",
    "%",
    "%2F",
    "..%2F..",
    "-1",
    "1e3",
    "18446744073709551616",
    "x".repeat(5_000),
  ];

  it.each(named.filter(({ endpoint }) => endpoint.path.includes(":")))(
    "is refused by $name",
    async ({ endpoint: { method, path } }) => {
      for (const id of ids) await refusal(await app.fetch(address(path, id), { method, headers: withToken }), id);
    },
  );
});

describe("a query", () => {
  const hostile = ["", "%00", "-1", "0", "1e99", "NaN", "null", "[]", "%F0%9F%A6%B6", "x".repeat(60_000)];

  it.each(named.flatMap(({ name, endpoint }) => (endpoint.query ? [{ name, endpoint, query: endpoint.query }] : [])))(
    "of $name holds out against every value of every name",
    async ({ endpoint: { method, path }, query }) => {
      const ask = (search: string) => app.fetch(`${address(path)}?${search}`, { method, headers: withToken });
      const { properties = {} } = z.toJSONSchema(query, { io: "input", unrepresentable: "any" });
      for (const name of Object.keys(properties)) {
        for (const value of hostile) await settled(await ask(`${name}=${value}`), `${name}=${value.slice(0, 20)}`);
        expect((await refusal(await ask(`${name}=1&${name}=2`), `${name} twice`)).path).toBe(name);
      }
      expect((await refusal(await ask("definitely=1"), "an unknown name")).code).toBe("invalid");
    },
  );
});

describe("a body", () => {
  const bodies: readonly (readonly [string, BodyInit])[] = [
    ["nothing", ""],
    ["no JSON", "{"],
    ["two values", "{} {}"],
    ["null", "null"],
    ["a list", "[]"],
    ["text", '"x"'],
    ["a number", "1"],
    ["an unknown field", '{"definitely":1}'],
    ["a prototype", '{"__proto__":{"name":"x"},"constructor":1}'],
    ["not UTF-8", new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
    ["a deep list", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["deep objects", `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`],
    ["NUL in text", '{"name":"a\\u0000b"}'],
    ["half a surrogate pair", '{"name":"a\\ud800b"}'],
  ];
  const withBody = named.filter(({ endpoint }) => endpoint.body !== undefined);

  it.each(withBody)("that $name does not declare is refused", async ({ endpoint }) => {
    for (const [what, body] of bodies) await refusal(await send(endpoint, body), what);
    const large = await send(endpoint, `{"name":"${"x".repeat(6 * 1024 * 1024)}"}`);
    expect((await refusal(large, "a large body")).code).toBe("too_large");
    const zipped = await send(endpoint, "{}", { "content-encoding": "gzip" });
    expect((await refusal(zipped, "a compressed body")).code).toBe("unsupported_media_type");
  });

  it.each(withBody)(
    "of $name may hold any value at any place",
    async ({ name, endpoint }) => {
      const valid = validBodies[name];
      expect(endpoint.body?.safeParse(valid).error, "valid-bodies.ts has a valid one").toBeUndefined();
      for (const { path: at, value, body } of mutationsOf(valid)) {
        const what = `${at} = ${JSON.stringify(value)?.slice(0, 40)}`;
        await settled(await send(endpoint, JSON.stringify(body) ?? "", { "content-type": "text/plain" }), what);
      }
    },
    120_000,
  );
});

describe("an address that is none", () => {
  it.each(["/api", "/api/", "/api/nothing", "/api/audiences/", "/api/auth/nothing", "/api/%"])(
    "is not found: %s",
    async (path) => {
      const error = await refusal(await app.fetch(path, { headers: withToken }), path);
      expect(error.code).toBe("not_found");
    },
  );
});
