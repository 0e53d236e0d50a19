import type { Import } from "@/generated/prisma/client";
import { tableMapping } from "../../core/api/imports";
import { assertNever } from "../../core/errors";
import { csvEntries } from "./csv";
import type { Entry } from "./entry";
import { ndjsonEntries } from "./ndjson";
import { parquetEntries } from "./parquet";
import { readSpooled } from "./spool";

export interface Chunk {
  readonly entries: readonly Entry[];
  /** Bytes of the file, as it was sent, that have been read. */
  readonly bytesRead: number;
}

/** The entries of an import's file in chunks of at most `size`, without the first `skip`. */
export async function* readFile(
  run: Pick<Import, "spoolPath" | "format" | "mapping">,
  size: number,
  skip: number,
): AsyncGenerator<Chunk> {
  if (run.spoolPath === null) throw new Error("The import has no file");
  let bytesRead = 0;
  const source = await entriesOf({ ...run, spoolPath: run.spoolPath }, (read) => {
    bytesRead = read;
  });
  let toSkip = skip;
  let held: Entry[] = [];
  try {
    for await (const entries of source) {
      const rest = toSkip > 0 ? entries.slice(toSkip) : entries;
      toSkip -= Math.min(toSkip, entries.length);
      held = held.length === 0 ? rest : held.concat(rest);
      while (held.length >= size) {
        yield { entries: held.slice(0, size), bytesRead };
        held = held.slice(size);
      }
    }
  } catch (error) {
    // What was read before the damage is sound.
    if (held.length > 0) yield { entries: held, bytesRead };
    throw error;
  }
  yield { entries: held, bytesRead };
}

async function entriesOf(
  { spoolPath, format, mapping: stored }: Pick<Import, "format" | "mapping"> & { spoolPath: string },
  onBytes: (read: number) => void,
): Promise<AsyncGenerator<Entry[]>> {
  const mapping = stored === null ? null : tableMapping.parse(stored);
  switch (format) {
    case "ndjson":
      return ndjsonEntries(await readSpooled(spoolPath, onBytes));
    case "csv":
      return csvEntries(await readSpooled(spoolPath, onBytes), mapping);
    case "parquet":
      return parquetEntries(spoolPath, mapping, onBytes);
    default:
      return assertNever(format);
  }
}
