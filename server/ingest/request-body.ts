import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import { AppError } from "../../core/errors";

const gunzipBytes = promisify(gunzip);
const inflateBytes = promisify(inflate);

function tooLarge(limit: number): AppError {
  return new AppError("too_large", `The body is larger than ${limit} bytes.`);
}

async function readBytes(request: Request, limit: number): Promise<Buffer> {
  const length = request.headers.get("content-length");
  if (length !== null) {
    if (Number(length) > limit) throw tooLarge(limit);
    return Buffer.from(await request.arrayBuffer());
  }
  if (request.body === null) return Buffer.alloc(0);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body) {
    bytes += piece.length;
    if (bytes > limit) throw tooLarge(limit);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Takes a byte order mark off, which JSON.parse would refuse; what is no UTF-8 becomes U+FFFD. */
const utf8 = new TextDecoder();

/** Told by its first bytes: SDKs send gzip under any content type, and some without saying so. */
const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function decompress(bytes: Buffer, encoding: string | null, limit: number): Promise<Buffer> {
  const options = { maxOutputLength: limit };
  try {
    if (isGzip(bytes)) return await gunzipBytes(bytes, options);
    if (encoding?.toLowerCase() === "deflate") return await inflateBytes(bytes, options);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(limit);
    throw new AppError("invalid", "The compressed body is damaged.", undefined, { cause: error });
  }
  return bytes;
}

/**
 * The JSON of a body of at most `limit` bytes, before and after decompression, whatever its content type says.
 * Errors: `too_large`; `invalid` for what is not JSON or cannot be decompressed.
 */
export async function readRequestJson(request: Request, limit: number): Promise<unknown> {
  const sent = await readBytes(request, limit);
  const bytes = await decompress(sent, request.headers.get("content-encoding"), limit);
  if (bytes.length === 0) throw new AppError("invalid", "The body is empty; it must be JSON.");
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (error) {
    const why = error instanceof Error ? error.message : "it cannot be read";
    throw new AppError("invalid", `The body is not JSON: ${why.slice(0, 200)}.`);
  }
}

/** Reads what has not been read of a body, keeping none of it; past `limit` bytes the rest is left. */
export async function discardBody(request: Request, limit: number): Promise<void> {
  if (request.bodyUsed || request.body === null) return;
  let bytes = 0;
  try {
    for await (const piece of request.body) {
      bytes += piece.length;
      if (bytes > limit) return;
    }
  } catch {
    // The client has gone: there is nobody to answer.
  }
}
