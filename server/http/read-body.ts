import { AppError } from "../../core/errors";

/**
 * Reads a body of at most `limit` bytes as JSON in UTF-8, whatever its content type says; undefined when there is none.
 * Errors: `too_large`; `invalid` for what is not JSON; `unsupported_media_type` for a compressed body.
 */
export async function readJsonBody(request: Request, limit: number): Promise<unknown> {
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") {
    throw new AppError(
      "unsupported_media_type",
      `Send the body as it is: Content-Encoding ${encoding} is not taken here.`,
    );
  }
  const bytes = await readBytes(request, limit);
  if (bytes.length === 0) return undefined;
  return parseJson(bytes);
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const tooLarge = () => new AppError("too_large", `The body is larger than ${limit} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of request.body) {
    length += piece.length;
    if (length > limit) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AppError("invalid", "The body is not text in UTF-8.");
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError(
      "invalid",
      `The body is not JSON: ${error instanceof Error ? error.message : "it cannot be read"}.`,
    );
  }
}
