import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readHead } from "./import-file";

const file = (content: string | Buffer, name = "history") =>
  new File([typeof content === "string" ? content : new Uint8Array(content)], name);

describe("the head of a file", () => {
  it("knows NDJSON by its first character, packed or not", async () => {
    const line = '{"type":"track","userId":"u1","event":"Signed Up"}\n';
    expect(await readHead(file(line))).toEqual({ format: "ndjson", gzip: false, table: null });
    expect(await readHead(file(gzipSync(line)))).toEqual({ format: "ndjson", gzip: true, table: null });
  });

  it("reads the columns and first rows of a CSV with a mark, quotes and line breaks in it", async () => {
    const head = await readHead(file('\uFEFFuser,"note, long"\nu1,"two\nlines"\nu2,\n'));
    expect(head.table).toEqual({
      columns: ["user", "note, long"],
      rows: [
        ["u1", "two\nlines"],
        ["u2", ""],
      ],
    });
  });

  it("needs only the start of a large packed file", async () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => `u${index},${Math.sin(index)}`).join("\n");
    const head = await readHead(file(gzipSync(`user,score\n${rows}\n`)));
    expect(head.table?.columns).toEqual(["user", "score"]);
    expect(head.table?.rows).toHaveLength(5);
  });

  it("says what is wrong with a file that it cannot tell", async () => {
    await expect(readHead(file(""))).rejects.toThrow("history is empty.");
    await expect(readHead(file(Buffer.from([80, 75, 3, 4, 0, 0, 1])))).rejects.toThrow("neither NDJSON nor CSV");
    await expect(readHead(file("a,b,a\n1,2,3\n"))).rejects.toThrow("two columns named “a”");
    await expect(readHead(file(Buffer.from([0x1f, 0x8b, 1, 2, 3, 4])))).rejects.toThrow("damaged");
  });
});
