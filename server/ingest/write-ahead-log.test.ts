import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WriteAheadLog } from "./write-ahead-log";

describe("the write-ahead log", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "foothold-log-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const record = (until: number, text: string) => ({ until, bytes: Buffer.from(text) });
  const files = async () => (await readdir(directory)).sort();
  async function reopened() {
    const { log, records } = await WriteAheadLog.open(directory);
    return { log, found: records.map(({ until, bytes }) => [until, bytes.toString()]) };
  }

  test("gives back what was appended, in its order, across segments", async () => {
    const { log } = await reopened();
    await Promise.all([log.append(record(2, "a")), log.append(record(5, ""))]);
    await log.rotate();
    await log.append(record(9, "zwölf"));
    await log.close();
    const next = await reopened();
    expect(next.found).toEqual([
      [2, "a"],
      [5, ""],
      [9, "zwölf"],
    ]);
    await next.log.append(record(10, "b"));
    await next.log.close();
    expect((await reopened()).found.at(-1)).toEqual([10, "b"]);
  });

  test("drops whole segments, and none that still speaks of more", async () => {
    const { log } = await reopened();
    await log.append(record(2, "a"));
    await log.rotate();
    await log.append(record(5, "b"));
    await log.append(record(7, "c"));
    await log.rotate();
    await log.append(record(8, "d"));
    await log.drop(5);
    await log.close();
    const next = await reopened();
    expect(next.found.map(([until]) => until)).toEqual([5, 7, 8]);
    await next.log.drop(8);
    expect(await files()).toEqual([]);
  });

  test.each([1, 12, 20])(
    "ignores a record that a kill cut %i bytes before its end, and keeps the file",
    async (bytes) => {
      const { log } = await reopened();
      await log.append(record(1, "whole"));
      await log.append(record(2, "torn"));
      await log.close();
      const [name = ""] = await files();
      const content = await readFile(join(directory, name));
      await writeFile(join(directory, name), content.subarray(0, content.length - bytes));
      const next = await reopened();
      expect(next.found).toEqual([[1, "whole"]]);
      await next.log.drop(1);
      expect(await files()).toEqual(bytes === 20 ? [] : [`${name}.torn`]);
    },
  );

  test("ignores what follows damage", async () => {
    const { log } = await reopened();
    await log.append(record(1, "whole"));
    await log.close();
    const [name = ""] = await files();
    await appendFile(join(directory, name), Buffer.alloc(100, 7));
    expect((await reopened()).found).toEqual([[1, "whole"]]);
  });

  test("a record that cannot be written is refused, and the next one is as if it had not been", async () => {
    const { log } = await reopened();
    await log.append(record(1, "a"));
    await log.rotate();
    await rm(directory, { recursive: true });
    await expect(log.append(record(2, "b"))).rejects.toThrow("ENOENT");
    const { log: again } = await reopened();
    await again.close();
    await log.append(record(2, "b"));
    await log.close();
    expect((await reopened()).found).toEqual([[2, "b"]]);
  });
});
