import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { masked } from "./recording";
import { openSecrets, Secrets } from "./secrets";

test("what is sealed shows nothing, is another text each time, and opens with the same key for the same use alone", () => {
  const secrets = new Secrets("a key of the environment");
  const sealed = secrets.seal("whispered", "workspace 1");
  expect(sealed).not.toContain("whispered");
  expect(Buffer.from(sealed.slice(3), "base64url").toString("latin1")).not.toContain("whispered");
  expect(secrets.seal("whispered", "workspace 1")).not.toBe(sealed);
  expect(secrets.open(sealed, "workspace 1")).toBe("whispered");
  const refusal = expect.objectContaining({
    code: "conflict",
    message: expect.stringContaining("FOOTHOLD_SECRET_KEY"),
  });
  expect(() => secrets.open(sealed, "workspace 2")).toThrow(refusal);
  expect(() => new Secrets("another key").open(sealed, "workspace 1")).toThrow(refusal);
  expect(() => secrets.open(`${sealed.slice(0, -2)}AA`, "workspace 1")).toThrow(refusal);
  expect(() => secrets.open("", "workspace 1")).toThrow(refusal);
});

test("without a key of the environment one is made for its owner alone, and kept", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "foothold-secrets-"));
  try {
    const sealed = (await openSecrets(dataDir, undefined)).seal("whispered", "use");
    expect((await stat(join(dataDir, "secret-key"))).mode & 0o777).toBe(0o600);
    expect((await openSecrets(dataDir, undefined)).open(sealed, "use")).toBe("whispered");
    const given = (await readFile(join(dataDir, "secret-key"), "utf8")).trim();
    expect((await openSecrets("/nowhere", given)).open(sealed, "use")).toBe("whispered");
    expect(() => new Secrets("chosen later").open(sealed, "use")).toThrow(/cannot be read with the present key/);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("a secret is masked in every form that it takes in a request", () => {
  const secret = 'so "secret" & so on';
  const shown = masked(`${secret} ${encodeURIComponent(secret)} ${JSON.stringify({ secret })}`, [secret]);
  expect(shown).toBe('••• ••• {"secret":"•••"}');
  expect(masked("a word", ["a"])).toBe("a word");
});
