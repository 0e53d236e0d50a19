import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { PassThrough, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** The lines of a file, or of standard input for `-`; packed with gzip or not, as its first bytes say. */
export async function* readLines(file: string): AsyncGenerator<string> {
  const source: Readable = file === "-" ? process.stdin : createReadStream(file);
  const bytes = new PassThrough();
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head: Buffer = first.done ? Buffer.alloc(0) : Buffer.from(first.value);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const text = isGzip ? bytes.pipe(createGunzip()) : bytes;
  const pumped = pump(head, iterator, bytes).catch((error: unknown) => {
    text.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  yield* createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
  await pumped;
}

async function pump(head: Buffer, rest: AsyncIterator<Buffer>, into: PassThrough): Promise<void> {
  into.write(head);
  for (let piece = await rest.next(); !piece.done; piece = await rest.next()) {
    if (!into.write(piece.value)) await new Promise((resolve) => into.once("drain", resolve));
  }
  into.end();
}
