import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createToken, listTokens } from "@/core/api/workspace";
import { openAuth } from "@/server/auth/open";
import { createApp } from "@/server/http/app";
import { openTestApp, type TestApp } from "./support/app";
import { testToken } from "./support/services";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const ada = { name: "Ada Lovelace", email: "Ada@Example.com", password: "a long pass phrase" };
const origin = "http://localhost:3000";

function post(path: string, body: unknown, headers: Record<string, string> = {}, clientAddress?: string) {
  return app.fetch(path, { method: "POST", headers, body: JSON.stringify(body) }, clientAddress);
}

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((text) => text.split(";")[0])
    .join("; ");

async function session(cookie = "") {
  return (await app.fetch("/api/session", { headers: { cookie } })).json();
}

async function signIn(password = ada.password, email = ada.email) {
  return post("/api/auth/sign-in/email", { email, password });
}

// In the order in which it happens to an installation: each test stands on the one before.
describe("the owner", () => {
  let cookie = "";

  it("is asked for before anybody is there", async () => {
    expect(await session()).toEqual({ needsOwner: true, user: null });
    for (const [fields, path] of [
      [{ email: "ada" }, "email"],
      [{ password: "short" }, "password"],
      [{ name: " " }, "name"],
    ] as const) {
      const refused = await post("/api/auth/sign-up/email", { ...ada, ...fields });
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ error: { code: "invalid", path } });
    }
    expect(await session()).toEqual({ needsOwner: true, user: null });
  });

  it("is the first of those who come at the same time, and nobody after", async () => {
    const visitors = await Promise.all(
      ["ada", "grace", "mary"].map((name) => post("/api/auth/sign-up/email", { ...ada, email: `${name}@example.com` })),
    );
    expect(visitors.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
    const late = await post("/api/auth/sign-up/email", { ...ada, email: "late@example.com" });
    expect(await late.json()).toMatchObject({ error: { code: "forbidden", message: expect.stringMatching(/Log in/) } });

    const [made] = visitors.filter(({ status }) => status === 200);
    if (made === undefined) throw new Error("Nobody became the owner");
    const set = made.headers.getSetCookie();
    expect(set).toHaveLength(1);
    expect(set[0]).toMatch(/Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await made.text()).toBe("{}");
    cookie = cookieOf(made);
    const { user } = await session(cookie);
    ada.email = user.email;
    expect(user).toEqual({ id: expect.any(String), name: ada.name, email: ada.email });
    expect(await session()).toEqual({ needsOwner: false, user: null });
  });

  it("logs in with any case of the email, and with the right password alone", async () => {
    const right = await signIn(ada.password, ada.email.toUpperCase());
    expect(right.status).toBe(200);
    expect((await session(cookieOf(right))).user).toMatchObject({ name: ada.name });
    for (const wrong of [await signIn("not the pass phrase"), await signIn(ada.password, "nobody@example.com")]) {
      expect(wrong.status).toBe(401);
      expect(wrong.headers.getSetCookie()).toEqual([]);
      // The same words for both: it is not told whose account there is.
      expect(await wrong.json()).toEqual({
        error: { code: "unauthenticated", message: "The email or the password is wrong." },
      });
    }
  });

  it("calls the API with the cookie, from Foothold's own pages alone", async () => {
    const rename = (headers: Record<string, string>) =>
      app.fetch("/api/workspace", {
        method: "PATCH",
        headers: { cookie, host: "localhost:3000", ...headers },
        body: JSON.stringify({ name: "Ours" }),
      });
    const own: Record<string, string>[] = [
      { origin },
      { origin, "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "same-origin" },
      // Not a browser.
      {},
    ];
    for (const headers of own) expect((await rename(headers)).status).toBe(200);
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "http://localhost:3001" },
      { "sec-fetch-site": "cross-site" },
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { origin: "http://evil.localhost:3000", "sec-fetch-site": "same-site" },
    ];
    for (const headers of foreign) {
      const refused = await rename(headers);
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ error: { code: "forbidden" } });
    }
    const login = await post("/api/auth/sign-in/email", ada, {
      host: "localhost:3000",
      origin: "https://evil.example",
    });
    expect(login.status).toBe(403);
  });

  it("changes the password, which ends the other sessions", async () => {
    const other = cookieOf(await signIn());
    const change = (currentPassword: string, newPassword: string) =>
      post("/api/auth/change-password", { currentPassword, newPassword, revokeOtherSessions: true }, { cookie });
    expect((await change("not the pass phrase", "another pass phrase")).status).toBe(400);
    expect((await change(ada.password, "short")).status).toBe(400);
    const changed = await change(ada.password, "another pass phrase");
    expect(changed.status).toBe(200);
    cookie = cookieOf(changed);
    expect((await session(other)).user).toBeNull();
    expect((await session(cookie)).user).not.toBeNull();
    expect((await signIn(ada.password)).status).toBe(401);
    ada.password = "another pass phrase";
  });

  it("forgets sessions that ran out when it starts", async () => {
    const left = cookieOf(await signIn(ada.password));
    const { metadata } = app.installation;
    const [latest] = await metadata.session.findMany({ orderBy: { id: "desc" }, take: 1 });
    await metadata.session.update({ where: { id: latest?.id ?? "" }, data: { expiresAt: new Date(0) } });
    const before = await metadata.session.count();
    await openAuth(app.installation);
    expect(await metadata.session.count()).toBe(before - 1);
    expect((await session(left)).user).toBeNull();
    expect((await session(cookie)).user).not.toBeNull();
  });

  it("logs out, after which the cookie opens nothing", async () => {
    expect((await post("/api/auth/sign-out", {}, { cookie })).status).toBe(200);
    expect((await session(cookie)).user).toBeNull();
    expect((await app.fetch("/api/workspace", { headers: { cookie } })).status).toBe(401);
  });

  it("cannot be guessed: one address has ten tries a minute", async () => {
    const tries = [];
    for (let index = 0; index < 12; index += 1) {
      tries.push(await post("/api/auth/sign-in/email", { ...ada, password: `guess ${index}` }, {}, "192.0.2.7"));
    }
    expect(tries.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429, 429]);
    expect(await tries[11]?.json()).toMatchObject({ error: { code: "rate_limited" } });
    expect(tries[11]?.headers.get("retry-after")).toMatch(/^\d+$/);
    // A header does not make it another one, and another one is let in.
    const forged = { "x-forwarded-for": "192.0.2.9", "x-foothold-client-address": "192.0.2.9" };
    expect((await post("/api/auth/sign-in/email", ada, forged, "192.0.2.7")).status).toBe(429);
    expect((await post("/api/auth/sign-in/email", ada, {}, "192.0.2.8")).status).toBe(200);
  });

  it("has calls of the library beside these in no way", async () => {
    for (const call of ["get-session", "list-sessions", "delete-user", "update-user", "request-password-reset", "ok"]) {
      for (const method of ["GET", "POST"]) {
        const answer = await app.fetch(`/api/auth/${call}`, { method });
        expect(answer.status, `${method} ${call}`).toBe(404);
      }
    }
  });
});

describe("a token", () => {
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

  it("opens the API until it is revoked, and is shown once", async () => {
    const made = await app.call("POST", "/api/tokens", { name: "CI" });
    expect(made.status).toBe(201);
    const { token, ...shown } = createToken.answer.parse(made.body);
    expect((await app.fetch("/api/workspace", bearer(token))).status).toBe(200);
    const { items } = listTokens.answer.parse((await app.call("GET", "/api/tokens")).body);
    expect(items).toEqual([{ ...shown, lastUsedAt: expect.any(String) }]);

    const revoked = await app.call("DELETE", `/api/tokens/${shown.id}`);
    expect(revoked.status).toBe(200);
    const refused = await app.fetch("/api/workspace", bearer(token));
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toBe("Bearer");
    expect((await app.call("DELETE", `/api/tokens/${shown.id}`)).status).toBe(404);
  });

  it("is not helped by a cookie when it does not hold", async () => {
    const cookie = cookieOf(await post("/api/auth/sign-in/email", ada, {}, "192.0.2.20"));
    expect((await app.fetch("/api/workspace", { headers: { cookie } })).status).toBe(200);
    const both = { headers: { cookie, authorization: "Bearer fh_gone" } };
    expect((await app.fetch("/api/workspace", both)).status).toBe(401);
  });

  it("is taken from any origin: no browser sends it by itself", async () => {
    const answer = await app.fetch("/api/workspace", {
      method: "PATCH",
      headers: { authorization: `bearer ${testToken}`, origin: "https://elsewhere.example" },
      body: JSON.stringify({ name: "Ours" }),
    });
    expect(answer.status).toBe(200);
  });
});

describe("behind a proxy that ends TLS", () => {
  it("cookies are for TLS alone, and the public origin is Foothold's own", async () => {
    const env = { ...app.installation.env, publicOrigin: "https://foothold.example.com" };
    const installation = { ...app.installation, env };
    const proxied = createApp(installation, await openAuth(installation));
    const login = await proxied.request("/api/auth/sign-in/email", {
      method: "POST",
      headers: { origin: env.publicOrigin, host: "10.0.0.5:3000" },
      body: JSON.stringify(ada),
    });
    expect(login.status).toBe(200);
    expect(login.headers.getSetCookie()[0]).toMatch(/^__Secure-foothold\.session_token=.*; Secure/);
  });

  it("cookies are for TLS alone also where nothing tells the public origin but the proxy", async () => {
    const forwarded = await post("/api/auth/sign-in/email", ada, { "x-forwarded-proto": "https" }, "192.0.2.30");
    expect(forwarded.headers.getSetCookie()[0]).toMatch(/; Secure$/);
    const plain = await post("/api/auth/sign-in/email", ada, {}, "192.0.2.30");
    expect(plain.headers.getSetCookie()[0]).not.toMatch(/Secure/i);
  });
});

describe("the key that signs cookies", () => {
  it("is in the data folder, for its owner alone", async () => {
    const file = join(app.services.dataDir, "auth-secret");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, "utf8")).toMatch(/^[0-9a-f]{64}\n$/);
  });
});
