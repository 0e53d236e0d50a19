import { execFile } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMetadata } from "@/server/metadata/open";
import { startPostgresql, type TestPostgresql } from "./support/postgresql";

const run = promisify(execFile);
let folder: string;
let postgresql: TestPostgresql;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foothold-authoring-"));
  postgresql = await startPostgresql();
});
afterAll(async () => {
  await postgresql.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The official command line by scripts/prisma.mjs of a project's folder; what it writes, and how it ends. */
async function prisma(args: readonly string[], env: Record<string, string> = {}, project = ".") {
  const started = run(process.execPath, [join(project, "scripts/prisma.mjs"), ...args], {
    env: { NODE_ENV: "test", PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  return started.then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
  );
}

describe("Prisma's own migrate, with the stand-in engine", () => {
  it("finds that the migrations make exactly the schema", async () => {
    const args = ["migrate", "diff", "--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema.prisma"];
    expect(await prisma([...args, "--exit-code"])).toMatchObject({ code: 0 });
    // That it compares at all is shown by what it finds against nothing.
    const all = await prisma(["migrate", "diff", "--from-empty", "--to-schema", "prisma/schema.prisma", "--script"]);
    expect(all.stdout).toContain('CREATE TABLE "User"');
  }, 300_000);

  it.each(["pglite", "postgresql"] as const)(
    "agrees with what the start has applied to %s",
    async (kind) => {
      const dataDir = join(folder, kind);
      const databaseUrl = kind === "postgresql" ? await postgresql.createDatabase() : undefined;
      const env: Record<string, string> =
        databaseUrl === undefined ? { DATA_DIR: dataDir } : { DATABASE_URL: databaseUrl };
      await mkdir(dataDir, { recursive: true });

      const before = await prisma(["migrate", "status"], env);
      expect(before.code).not.toBe(0);
      expect(before.stdout).toContain("have not yet been applied");

      const metadata = await openMetadata({ dataDir, databaseUrl });
      await metadata.close();
      const after = await prisma(["migrate", "status"], env);
      expect(after.stdout).toContain("Database schema is up to date");
      expect(after.code).toBe(0);
      const drift = [
        "migrate",
        "diff",
        "--from-config-datasource",
        "--to-schema",
        "prisma/schema.prisma",
        "--exit-code",
      ];
      expect(await prisma(drift, env)).toMatchObject({ code: 0 });
    },
    300_000,
  );

  it("writes a migration offline, which the start then applies", async () => {
    const project = join(folder, "project");
    await mkdir(project);
    for (const path of ["prisma", "scripts", "prisma.config.ts", "package.json", "tsconfig.json"]) {
      await cp(path, join(project, path), { recursive: true });
    }
    await symlink(join(process.cwd(), "node_modules"), join(project, "node_modules"));
    await appendFile(join(project, "prisma/schema.prisma"), "\nmodel Extra {\n  id String @id\n}\n");

    const before = await readdir(join(project, "prisma/migrations"));
    const made = await prisma(["migrate", "dev", "--name", "add_extra"], {}, project);
    expect(made.stdout).toContain("Your database is now in sync with your schema");
    const added = (await readdir(join(project, "prisma/migrations"))).filter((name) => !before.includes(name));
    expect(added).toEqual([expect.stringMatching(/^\d{14}_add_extra$/)]);
    const text = await readFile(join(project, "prisma/migrations", added[0] ?? "", "migration.sql"), "utf8");
    expect(text).toMatch(/^-- CreateTable\nCREATE TABLE "Extra" \(/);
    expect(text.match(/CREATE|ALTER|DROP/g)).toHaveLength(1);
  }, 300_000);

  it("tells a broken schema as the real engine does", async () => {
    const broken = join(folder, "broken.prisma");
    await writeFile(broken, 'datasource db { provider = "postgresql" }\nmodel A { id Strin @id }\n');
    expect((await prisma(["validate", "--schema", broken])).code).not.toBe(0);
  }, 300_000);
});
