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
