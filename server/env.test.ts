import { describe, expect, it } from "vitest";
import { readEnv } from "./env";

describe("the environment", () => {
  it("may be empty: this machine only, everything embedded", () => {
    const env = readEnv({ DATABASE_URL: "", HOST: "", FOOTHOLD_API_TOKEN: "" });
    expect(env).toMatchObject({ port: 3000, hosts: ["127.0.0.1", "::1"], mode: "production", logLevel: "info" });
    expect(env.dataDir).toBe(`${process.cwd()}/data`);
    expect([env.databaseUrl, env.clickhouseUrl, env.publicOrigin, env.apiToken, env.authSecret]).toEqual(
      Array(5).fill(undefined),
    );
  });

  it("opens the network only where HOST says so", () => {
    expect(readEnv({ HOST: "localhost" }).hosts).toEqual(["127.0.0.1", "::1"]);
    expect(readEnv({ HOST: "0.0.0.0" }).hosts).toEqual(["0.0.0.0"]);
    expect(readEnv({ PUBLIC_URL: "https://foothold.example.com/" }).publicOrigin).toBe("https://foothold.example.com");
  });

  it("keeps to the sizes of the Segment API unless it is told others", () => {
    const segment = { messageBytes: 32_768, batchBytes: 512_000, batchMessages: 2_500 };
    expect(readEnv({}).limits).toEqual(segment);
    expect(readEnv({ MAX_MESSAGE_BYTES: "65536" }).limits).toEqual({ ...segment, messageBytes: 65_536 });
  });

  it("lets files be written in its own folder, or in the one that is named", () => {
    expect(readEnv({ DATA_DIR: "/srv/foothold" }).filesDir).toBe("/srv/foothold/files");
    expect(readEnv({ FOOTHOLD_FILES_DIR: "exports" }).filesDir).toBe(`${process.cwd()}/exports`);
  });

  it("takes a token from a file with its line end", () => {
    expect(readEnv({ FOOTHOLD_API_TOKEN: "0123456789abcdefghijklmn\n" }).apiToken).toBe("0123456789abcdefghijklmn");
  });

  it("says where mail leaves, encrypted wherever there is a password", () => {
    const read = (url: string) => readEnv({ SMTP_URL: url, MAIL_FROM: "foothold@example.com" }).mail;
    const from = { name: "", address: "foothold@example.com" };
    expect(read("smtp://mail.example.com")).toEqual({
      host: "mail.example.com",
      port: 587,
      secure: false,
      tls: "offered",
      credentials: undefined,
      from,
    });
    expect(read("smtps://me%40example.com:p%40ss@mail.example.com")).toMatchObject({
      port: 465,
      secure: true,
      tls: "required",
      credentials: { user: "me@example.com", password: "p@ss" },
    });
    expect(read("smtp://me:secret@[::1]:2525")).toMatchObject({ host: "::1", port: 2525, tls: "required" });
    expect(read("smtp://me:secret@relay?tls=off")).toMatchObject({ host: "relay", tls: "off" });
    const named = readEnv({ SMTP_URL: "smtp://relay", MAIL_FROM: '"Foothold, Zürich" <foothold@example.com>' });
    expect(named.mail?.from).toEqual({ name: "Foothold, Zürich", address: "foothold@example.com" });
    expect(readEnv({ SMTP_URL: "", MAIL_FROM: "" }).mail).toBeUndefined();
  });

  it.each([
    "mail.example.com:587",
    "https://mail.example.com",
    "smtp://me@mail.example.com",
    "smtp://me:100%@mail.example.com",
    "smtp://mail.example.com/path",
    "smtp://mail.example.com?tls=maybe",
    "smtps://mail.example.com?tls=off",
    "smtp://mail.example.com?rejectUnauthorized=false",
  ])("is refused without the address of mail: SMTP_URL=%s", (url) => {
    expect(() => readEnv({ SMTP_URL: url, MAIL_FROM: "foothold@example.com" })).toThrow(/^SMTP_URL (?!.*100%@)/m);
  });

  it("is refused with one half of mail", () => {
    expect(() => readEnv({ SMTP_URL: "smtp://relay" })).toThrow(/^MAIL_FROM is needed with SMTP_URL/m);
    expect(() => readEnv({ MAIL_FROM: "foothold@example.com" })).toThrow(/^SMTP_URL is needed with MAIL_FROM/m);
    expect(() => readEnv({ SMTP_URL: "smtp://relay", MAIL_FROM: "Foothold" })).toThrow(
      /^MAIL_FROM must be an address/m,
    );
  });

  it.each([
    ["PORT", "http"],
    ["PORT", "70000"],
    ["MAX_BATCH_MESSAGES", "10001"],
    ["DATABASE_URL", "mysql://db/foothold"],
    ["CLICKHOUSE_URL", "localhost:8123"],
    ["PUBLIC_URL", "foothold.example.com"],
    ["FOOTHOLD_API_TOKEN", "twenty-three-characters"],
    ["FOOTHOLD_API_TOKEN", "a token with spaces in it, long"],
    ["AUTH_SECRET", "short"],
    ["LOG_LEVEL", "loud"],
  ])("is refused by name: %s=%s", (name, value) => {
    expect(() => readEnv({ [name]: value })).toThrow(new RegExp(`^${name} `, "m"));
  });

  it("is refused as a whole, without its values", () => {
    const wrong = () => readEnv({ PORT: "x", FOOTHOLD_API_TOKEN: "secret", DATABASE_URL: "mysql://user:secret@db" });
    expect(wrong).toThrow(/PORT .*\n.*DATABASE_URL .*|DATABASE_URL .*\n/s);
    expect(wrong).not.toThrow(/secret@|^secret/m);
  });
});
