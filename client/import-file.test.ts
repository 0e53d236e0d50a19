import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readHead } from "./import-file";

const file = (content: string | Buffer, name = "history") =>
  new File([typeof content === "string" ? content : new Uint8Array(content)], name);

/** One row of three columns, as DuckDB writes it. */
const parquet = Buffer.from(
  "UEFSMRUAFRgVGCwVAhUAFQYVBgAAAgAAAAIBAgAAAHUxFQAVHBUcLBUCFQAVBhUGAAACAAAAAgFA80z2XkcGABUAFRwVHCwVAhUAFQYVBgAAAgAAAAIBBwAAAAAAAAAVAhlMNQAYDWR1Y2tkYl9zY2hlbWEVBgAVDCUCGAd1c2VyX2lkJQAAFQQlAhgCYXQlFEyMEhwsAAAAAAAVBCUCGAVzZWF0cyUkABYCGRwZPCYAHBUMGRUAGRgHdXNlcl9pZBUAFgIWOhY6Jgg8GAJ1MRgCdTEWACgCdTEYAnUxEREAAAAmABwVBBkVABkYAmF0FQAWAhY+Fj4mQjwYCEDzTPZeRwYAGAhA80z2XkcGABYAKAhA80z2XkcGABgIQPNM9l5HBgAREQAAACYAHBUEGRUAGRgFc2VhdHMVABYCFj4WPiaAATwYCAcAAAAAAAAAGAgHAAAAAAAAABYAKAgHAAAAAAAAABgIBwAAAAAAAAAREQAAABa2ARYCJggWtgEAKChEdWNrREIgdmVyc2lvbiB2MS41LjYgKGJ1aWxkIDA2OWNjOWY5YjUpGTwcAAAcAAAcAAAAVwEAAFBBUjE=",
  "base64",
);

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

  it("reads the columns and first rows of Parquet from its end", async () => {
    expect(await readHead(file(parquet))).toEqual({
      format: "parquet",
      gzip: false,
      table: { columns: ["user_id", "at", "seats"], rows: [["u1", "2026-01-02T03:04:05.000Z", "7"]] },
    });
    await expect(readHead(file(parquet.subarray(0, 200)))).rejects.toThrow("cannot be read as Parquet");
  });

  it("needs only the start of a large packed file", async () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => `u${index},${Math.sin(index)}`).join("\n");
    const head = await readHead(file(gzipSync(`user,score\n${rows}\n`)));
    expect(head.table?.columns).toEqual(["user", "score"]);
    expect(head.table?.rows).toHaveLength(5);
  });

  it("says what is wrong with a file that it cannot tell", async () => {
    await expect(readHead(file(""))).rejects.toThrow("history is empty.");
    await expect(readHead(file(Buffer.from([80, 75, 3, 4, 0, 0, 1])))).rejects.toThrow("neither Parquet nor text");
    await expect(readHead(file("a,b,a\n1,2,3\n"))).rejects.toThrow("two columns named “a”");
    await expect(readHead(file(Buffer.from([0x1f, 0x8b, 1, 2, 3, 4])))).rejects.toThrow("damaged");
  });
});
