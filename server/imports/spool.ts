import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, pipeline, type Readable } from "node:stream";
import { pipeline as pipelineDone } from "node:stream/promises";
import { createGunzip } from "node:zlib";

const unfinished = ".part";

/** Writes a body to a file of the folder, and answers its path and size once it would survive a power cut. */
export async function spool(
  folder: string,
  id: string,
  body: AsyncIterable<Uint8Array>,
): Promise<{ path: string; bytes: number }> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, id);
  const part = `${path}${unfinished}`;
  let bytes = 0;
  try {
    const file = await open(part, "w");
    try {
      for await (const piece of body) {
        await file.writeFile(piece);
        bytes += piece.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return { path, bytes };
}

/** Unpacks a file in place where it is compressed: for formats that are not read from their start to their end. */
export async function unpackSpooled(path: string): Promise<void> {
  const packed = createReadStream(path);
  const start = await firstBytes(packed);
  packed.destroy();
  if (!isGzip(start)) return;
  const part = `${path}${unfinished}`;
  await pipelineDone(await readSpooled(path), createWriteStream(part, { flush: true }));
  await rename(part, path);
}

/** Removes what no import needs: uploads that were cut off, and files of imports that have ended. */
export async function sweepSpool(folder: string, needed: ReadonlySet<string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!needed.has(path)) await rm(path, { force: true });
  }
}

/** At most this many layers: a file that was compressed, and compressed again to be sent. */
const maxLayers = 2;

function isGzip([first, second]: Buffer): boolean {
  return first === 0x1f && second === 0x8b;
}

async function firstBytes(stream: Readable): Promise<Buffer> {
  for (;;) {
    const bytes: Buffer | null = stream.read(2) ?? (stream.readableEnded ? null : stream.read());
    if (bytes !== null) {
      stream.unshift(bytes);
      return bytes;
    }
    if (stream.readableEnded || stream.destroyed) return Buffer.alloc(0);
    await new Promise<void>((resolve, reject) => {
      const done = (settle: () => void) => () => {
        stream.off("readable", readable);
        stream.off("end", readable);
        stream.off("error", failed);
        settle();
      };
      const readable = done(resolve);
      const failed = (error: unknown) => done(() => reject(error))();
      stream.once("readable", readable);
      stream.once("end", readable);
      stream.once("error", failed);
    });
  }
}

/** The text of a file, decompressed by its first bytes. `onBytes` is told how much of the file itself has been read. */
export async function readSpooled(path: string, onBytes: (read: number) => void = () => undefined): Promise<Readable> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  let read = 0;
  let stream: Readable = pipeline(
    file,
    new PassThrough({
      transform(piece: Buffer, _encoding, done) {
        read += piece.length;
        onBytes(read);
        done(null, piece);
      },
    }),
    () => undefined,
  );
  for (let layer = 0; layer < maxLayers; layer++) {
    if (!isGzip(await firstBytes(stream))) break;
    stream = pipeline(stream, createGunzip({ chunkSize: 256 * 1024 }), () => undefined);
  }
  return stream;
}
