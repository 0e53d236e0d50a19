import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile as writeTo } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tryFolder, writeFile } from "./write-file";

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "foothold-files-"));
});
afterAll(() => rm(base, { recursive: true, force: true }));

async function* content(...pieces: (string | Error)[]) {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece;
    yield Buffer.from(piece);
  }
}

test("a file is there whole, replaces the one before, and says its bytes", async () => {
  expect(await writeFile(base, "deep/er/a.csv", content("one\r\n", "twö\r\n"))).toBe(11);
  expect(await readFile(join(base, "deep/er/a.csv"), "utf8")).toBe("one\r\ntwö\r\n");
  expect(await writeFile(base, "deep/er/a.csv", content("x"))).toBe(1);
  expect(await readFile(join(base, "deep/er/a.csv"), "utf8")).toBe("x");
  expect(await readdir(join(base, "deep/er"))).toEqual(["a.csv"]);
});

test("what fails on the way leaves nothing, and the file before as it was", async () => {
  await writeFile(base, "kept/a.csv", content("before"));
  await expect(writeFile(base, "kept/a.csv", content("half", new Error("cut")))).rejects.toThrow("cut");
  expect(await readFile(join(base, "kept/a.csv"), "utf8")).toBe("before");
  expect(await readdir(join(base, "kept"))).toEqual(["a.csv"]);
});

test("what a killed process left half written is written over", async () => {
  await mkdir(join(base, "killed"));
  await writeTo(join(base, "killed/.a.csv.part"), "half of something that was much longer");
  await writeFile(base, "killed/a.csv", content("whole"));
  expect(await readdir(join(base, "killed"))).toEqual(["a.csv"]);
  expect(await readFile(join(base, "killed/a.csv"), "utf8")).toBe("whole");
});

test("a full disk is said to be full, and is tried again", async () => {
  await mkdir(join(base, "full"));
  await symlink("/dev/full", join(base, "full/.a.csv.part"));
  await expect(writeFile(base, "full/a.csv", content("x"))).rejects.toMatchObject({
    fault: "unavailable",
    message: expect.stringMatching(/^The disk is full: .*full\/a\.csv\.$/),
  });
  expect(await readdir(join(base, "full"))).toEqual([]);
});

test("a folder that may not be written in, or is none, is somebody's to mend", async () => {
  await expect(tryFolder("/sys", "foothold")).rejects.toMatchObject({
    fault: "settings",
    message: expect.stringMatching(/^(Foothold may not write there|This part of the disk can only be read): \/sys/),
  });
  await writeTo(join(base, "a-file"), "");
  await expect(writeFile(base, "a-file/b/c.csv", content("x"))).rejects.toMatchObject({
    fault: "settings",
    message: expect.stringContaining("A part of the path is a file"),
  });
});

test("no link leads out of the folder that is allowed", async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), "foothold-elsewhere-"));
  await symlink(elsewhere, join(base, "out"));
  const refusal = { fault: "settings", message: expect.stringContaining("A link leads out") };
  await expect(writeFile(base, "out/a.csv", content("x"))).rejects.toMatchObject(refusal);
  await expect(tryFolder(base, "out")).rejects.toMatchObject(refusal);
  expect(await readdir(elsewhere)).toEqual([]);
  await rm(elsewhere, { recursive: true });
});

test("a folder is tried without leaving anything in it", async () => {
  const path = await tryFolder(base, "tried/out");
  expect(await readdir(path)).toEqual([]);
});
