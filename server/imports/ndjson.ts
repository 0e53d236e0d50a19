import { Refusal } from "../../core/event/refusal";
import type { Entry } from "./entry";

const newline = 10;
const shownOfLine = 4_000;
/** One line may be a batch of any size, but must be held in memory whole. */
const maxLineBytes = 64 * 1024 * 1024;

type Line = { readonly line: number; readonly text: string } | { readonly line: number; readonly tooLong: string };

/** Lines with their numbers, from 1. Of one that is too long only the start is kept. */
async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  let line = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let skipping: string | undefined;

  const end = (last: Buffer): Line => {
    line++;
    const tooLong = skipping;
    const text = held.length === 0 ? last.toString("utf8") : Buffer.concat([...held, last]).toString("utf8");
    held = [];
    heldBytes = 0;
    skipping = undefined;
    return tooLong === undefined ? { line, text } : { line, tooLong };
  };
  for await (const piece of bytes) {
    const lines: Line[] = [];
    let start = 0;
    for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, start)) {
      lines.push(end(piece.subarray(start, at)));
      start = at + 1;
    }
    const rest = piece.subarray(start);
    if (heldBytes + rest.length > maxLineBytes) {
      skipping ??= (held[0] ?? rest).toString("utf8", 0, shownOfLine);
      held = [];
      heldBytes = 0;
    } else if (rest.length > 0 && skipping === undefined) {
      held.push(rest);
      heldBytes += rest.length;
    }
    yield lines;
  }
  if (heldBytes > 0 || skipping !== undefined) yield [end(Buffer.alloc(0))];
}

function isBatch(value: unknown): value is { batch: unknown[]; context?: unknown; integrations?: unknown } {
  return typeof value === "object" && value !== null && "batch" in value && Array.isArray(value.batch);
}

/** A message of a batch with what the batch says for all of them. */
function inBatch(message: unknown, batch: { context?: unknown; integrations?: unknown }): unknown {
  if (typeof message !== "object" || message === null || Array.isArray(message)) return message;
  const merged: Record<string, unknown> = { ...message };
  for (const field of ["context", "integrations"] as const) {
    const shared = batch[field];
    const own = merged[field] ?? {};
    if (typeof shared !== "object" || shared === null || typeof own !== "object") continue;
    merged[field] = { ...shared, ...own };
  }
  return merged;
}

function entriesOf(found: Line): Entry[] {
  const { line } = found;
  if ("tooLong" in found) {
    const refusal = new Refusal("too_large", `A line may have at most ${maxLineBytes} bytes.`);
    return [{ line, refusal, raw: found.tooLong }];
  }
  const text = line === 1 ? found.text.replace(/^\uFEFF/, "") : found.text;
  if (text.trim() === "") return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : "it cannot be read";
    const refusal = new Refusal("invalid_json", `The line is not JSON: ${why.slice(0, 200)}.`);
    return [{ line, refusal, raw: text.slice(0, shownOfLine) }];
  }
  if (!isBatch(value)) return [{ line, value }];
  const batch = value;
  return batch.batch.map((message, position) => ({ line, position, value: inBatch(message, batch) }));
}

/** Entries of NDJSON: each line is a message, or a batch of them. Empty lines count for nothing but their number. */
export async function* ndjsonEntries(bytes: AsyncIterable<Buffer>): AsyncGenerator<Entry[]> {
  for await (const lines of linesOf(bytes)) yield lines.flatMap(entriesOf);
}
