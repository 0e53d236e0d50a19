import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAuth } from "@/server/auth/open";
import { hasOwner } from "@/server/auth/owner";
import { readEnv } from "@/server/env";
import { WriteKeys } from "@/server/ingest/write-keys";
import { openLog } from "@/server/log";
import { applyMigrations } from "@/server/metadata/migrate";
import { type OpenedMetadata, openMetadata } from "@/server/metadata/open";
import { type Metadata, scopedTo } from "@/server/metadata/scoped";
import { createSource, ensureOwnSource, getSource, listSources, updateSource } from "@/server/sources/sources";
import { createToken, findToken, listTokens, revokeToken } from "@/server/tokens/tokens";
import { getWorkspace, updateWorkspace } from "@/server/workspace/workspace";
import { startPostgresql, type TestPostgresql } from "./support/postgresql";

let folder: string;
let postgresql: TestPostgresql;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foothold-metadata-"));
  postgresql = await startPostgresql();
});
afterAll(async () => {
  await postgresql.stop();
  await rm(folder, { recursive: true, force: true });
});

const kinds = ["pglite", "postgresql"] as const;

describe.each(kinds)("metadata on %s", (kind) => {
  let options: { dataDir: string; databaseUrl: string | undefined };
  let metadata: OpenedMetadata;
  let ours: Metadata;
  beforeAll(async () => {
    options = {
      dataDir: join(folder, kind),
      databaseUrl: kind === "postgresql" ? await postgresql.createDatabase() : undefined,
    };
    await mkdir(options.dataDir, { recursive: true });
    metadata = await openMetadata(options);
    ours = scopedTo(metadata.client, (await metadata.client.workspace.findFirstOrThrow()).id);
  });
  afterAll(() => metadata.close());

  it("says what it is", () => {
    expect(metadata.kind).toBe(kind);
  });

  it("notes each migration as Prisma does, and applies none twice", async () => {
    const files = (await readdir("prisma/migrations")).filter((name) => !name.endsWith(".toml"));
    const applied = await metadata.client.$queryRaw`SELECT migration_name AS name FROM "_prisma_migrations" ORDER BY 1`;
    expect(applied).toEqual(files.sort().map((name) => ({ name })));
    if (kind === "pglite") return;
    const again = await openMetadata(options);
    await again.close();
    expect(await metadata.client.$queryRaw`SELECT migration_name AS name FROM "_prisma_migrations" ORDER BY 1`).toEqual(
      applied,
    );
  });

  it("has a workspace from the beginning, and knows the zones", async () => {
    expect(await getWorkspace(ours)).toMatchObject({
      name: "My workspace",
      timeZone: "UTC",
      environment: "production",
    });
    expect(await updateWorkspace(ours, { name: "Ours", timeZone: "asia/tokyo" })).toMatchObject({
      name: "Ours",
      timeZone: "Asia/Tokyo",
    });
    expect((await updateWorkspace(ours, { timeZone: "Asia/Kolkata" })).timeZone).toBe("Asia/Kolkata");
    for (const timeZone of ["", "Mars/Olympus", "+02:00", "UTC+1"]) {
      await expect(updateWorkspace(ours, { timeZone })).rejects.toMatchObject({
        code: "invalid",
        path: "timeZone",
      });
    }
    expect(await getWorkspace(ours)).toMatchObject({ name: "Ours", timeZone: "Asia/Kolkata" });
  });

  it("keeps sources with a key each, in order, by pages", async () => {
    const names = ["Website", "Ünïcode 🦶 ' \" \\ \u2028", "Server"];
    const made = [];
    for (const name of names) made.push(await createSource(ours, name));
    expect(new Set(made.map(({ writeKey }) => writeKey)).size).toBe(3);
    expect(made[0]?.writeKey).toMatch(/^[A-Za-z0-9]{32}$/);
    const first = await listSources(ours, { limit: 2, after: undefined });
    const second = await listSources(ours, { limit: 2, after: first[1]?.id });
    expect([...first, ...second]).toEqual(made);
    const { id: workspaceId } = await getWorkspace(ours);
    const writeKeys = new WriteKeys(metadata.client);
    expect(await writeKeys.sourceOf(made[1]?.writeKey ?? "")).toEqual({
      id: made[1]?.id,
      workspaceId,
      enabled: true,
      rateLimit: null,
    });
    expect(await writeKeys.sourceOf("nobody's")).toBeNull();
    const renamed = await updateSource(ours, made[2]?.id ?? "", { name: "Backend" }, new Date());
    expect(renamed).toEqual({ ...made[2], name: "Backend" });
    await expect(getSource(ours, "none")).rejects.toMatchObject({ code: "not_found" });
    await expect(updateSource(ours, "none", { name: "x" }, new Date())).rejects.toMatchObject({ code: "not_found" });
  });

  it("makes the sources of its own once, however many need them at the same time", async () => {
    const asked = await Promise.all([1, 2, 3, 4].map(() => ensureOwnSource(ours, "imports")));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    expect(asked[0]?.name).toBe("File imports");
    expect(await metadata.client.writeKey.count({ where: { sourceId: asked[0]?.id } })).toBe(1);
    expect((await ensureOwnSource(ours, "sample")).name).toBe("Sample data");
  });

  it("keeps of a token what cannot be used, and ends it at once", async () => {
    const made = await createToken(ours, { name: "CI", createdBy: null });
    expect(made.token).toMatch(/^fh_[\w-]{43}$/);
    expect(made.token.startsWith(made.prefix)).toBe(true);
    const stored = await metadata.client.apiToken.findUniqueOrThrow({ where: { id: made.id } });
    expect(JSON.stringify(stored)).not.toContain(made.token);

    const now = new Date("2026-03-01T12:00:00.000Z");
    expect(await findToken(metadata.client, made.token, now)).toEqual({
      id: made.id,
      name: "CI",
      workspaceId: (await getWorkspace(ours)).id,
    });
    expect(await findToken(metadata.client, `${made.token}x`, now)).toBeNull();
    const [listed] = await listTokens(ours, { limit: 10, after: undefined });
    expect(listed).toEqual({
      id: made.id,
      name: "CI",
      prefix: made.prefix,
      createdAt: made.createdAt,
      lastUsedAt: now.toISOString(),
    });

    await revokeToken(ours, made.id, now);
    expect(await findToken(metadata.client, made.token, now)).toBeNull();
    expect(await listTokens(ours, { limit: 10, after: undefined })).toEqual([]);
    await expect(revokeToken(ours, made.id, now)).rejects.toMatchObject({ code: "not_found" });
  });

  it("gives an account to one of several first visitors alone", async () => {
    const env = readEnv({ NODE_ENV: "test", LOG_LEVEL: "silent", DATA_DIR: options.dataDir });
    const auth = await openAuth({ env, metadata: metadata.client, log: openLog(env), now: () => new Date() });
    expect(await hasOwner(metadata.client)).toBe(false);
    const visits = await Promise.allSettled(
      ["ada", "grace", "mary"].map((name) =>
        auth.api.signUpEmail({ body: { name, email: `${name}@example.com`, password: "a long pass phrase" } }),
      ),
    );
    expect(visits.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await metadata.client.user.count()).toBe(1);
    expect(await metadata.client.account.count()).toBe(1);
    expect(await metadata.client.session.count()).toBe(1);
    expect(await hasOwner(metadata.client)).toBe(true);
  });

  it("takes definitions and big numbers as they are", async () => {
    const definition = { version: 1, root: { kind: "event", event: "Ünïcode 🦶 ' \" \\ \u2028", where: [] } };
    const audience = await ours.audience.create({
      data: { key: "stuck", name: "Stuck", versions: { create: { version: 1, definition } } },
      include: { versions: true },
    });
    expect(audience.versions[0]?.definition).toEqual(definition);
    await expect(ours.audience.create({ data: { key: "stuck", name: "Again" } })).rejects.toMatchObject({
      code: "P2002",
    });
    const source = await ensureOwnSource(ours, "imports");
    const run = await ours.import.create({
      data: { sourceId: source.id, format: "ndjson", bytesTotal: 2n ** 40n },
    });
    expect(run).toMatchObject({ status: "running", bytesTotal: 2n ** 40n, bytesRead: 0n, errors: [] });
  });
});

describe("migrations", () => {
  const onPglite = (database: PGlite) => ({
    query: (text: string, values?: readonly unknown[]) => database.query(text, values ? [...values] : undefined),
    script: (text: string) => database.exec(text),
  });

  it("are applied by one of two processes that start at once on a PostgreSQL server", async () => {
    const databaseUrl = await postgresql.createDatabase();
    const opened = await Promise.all([1, 2].map(() => openMetadata({ dataDir: folder, databaseUrl })));
    expect(await opened[0]?.client.source.count()).toBe(0);
    for (const metadata of opened) await metadata.close();
  });

  it("stop the start, and change nothing, where one fails, was edited, or is not known", async () => {
    const migrations = join(folder, "migrations");
    await cp("prisma/migrations", migrations, { recursive: true });
    const database = await PGlite.create();
    const apply = () => applyMigrations(onPglite(database), migrations);
    const tables = async () => (await database.query("SELECT tablename FROM pg_tables WHERE tablename = 'Extra'")).rows;

    expect((await apply()).length).toBeGreaterThan(0);
    expect(await apply()).toEqual([]);

    const extra = join(migrations, "99990101000000_extra");
    await cp(join(migrations, (await readdir(migrations)).sort()[0] ?? ""), extra, { recursive: true });
    await writeFile(join(extra, "migration.sql"), 'CREATE TABLE "Extra" (id TEXT); SELECT * FROM nowhere;');
    await expect(apply()).rejects.toThrow(/nowhere/);
    expect(await tables()).toEqual([]);

    await writeFile(join(extra, "migration.sql"), 'CREATE TABLE "Extra" (id TEXT);');
    expect(await apply()).toEqual(["99990101000000_extra"]);
    expect(await tables()).toHaveLength(1);

    await writeFile(join(extra, "migration.sql"), 'CREATE TABLE "Extra" (id INT);');
    await expect(apply()).rejects.toThrow(/changed after it had been applied/);
    await rm(extra, { recursive: true });
    await expect(apply()).rejects.toThrow(/written by a newer version/);
    await database.close();
  });
});
