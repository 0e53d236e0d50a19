import type { Logger } from "../log";
import { errorResponse } from "./errors";
import { textStream } from "./text-stream";

/**
 * A response whose body is made while it is read. The first piece is awaited, so that what fails at once is still answered
 * with its error.
 */
export async function streamedResponse(
  pieces: AsyncIterable<string | Uint8Array<ArrayBuffer>>,
  headers: HeadersInit,
): Promise<Response> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  return new Response(textStream(from(first, iterator)), { headers });
}

async function* from<Piece>(first: IteratorResult<Piece>, rest: AsyncIterator<Piece>): AsyncGenerator<Piece> {
  try {
    for (let piece = first; !piece.done; piece = await rest.next()) yield piece.value;
  } finally {
    await rest.return?.();
  }
}

/** Each item as a line of JSON. What fails after the first line is a last line in the form of every error. */
export function ndjsonResponse(items: AsyncIterable<unknown>, request: Request, log: Logger): Promise<Response> {
  return streamedResponse(lines(), { "content-type": "application/x-ndjson", "cache-control": "no-store" });

  async function* lines() {
    let begun = false;
    try {
      for await (const item of items) {
        yield `${JSON.stringify(item)}\n`;
        begun = true;
      }
    } catch (error) {
      if (!begun) throw error;
      yield `${await errorResponse(error, request, log).text()}\n`;
    }
  }
}
