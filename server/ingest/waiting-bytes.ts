import { getHeapStatistics } from "node:v8";
import { AppError } from "../../core/errors";

/** Parsed and waiting, a message takes several times the bytes of its JSON, and its turn comes within seconds. */
const heapShare = 16;
const mostUsually = 128 * 1024 * 1024;

/** How many bytes of requests may wait for their answer in a process of this size. */
export function usualWaitingBytes(): number {
  return Math.min(mostUsually, Math.floor(getHeapStatistics().heap_size_limit / heapShare));
}

/**
 * The bytes of all requests that are being read, parsed or stored: what the memory of ingest is bounded by, whatever comes.
 * A request that does not fit is told to come again before any of its body is read.
 */
export class WaitingBytes {
  #bytes = 0;

  constructor(readonly most: number) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** Makes room for a request, and answers how to give it free; one alone always fits. Errors: `unavailable`. */
  take(bytes: number): () => void {
    if (this.#bytes > 0 && this.#bytes + bytes > this.most) {
      throw new AppError("unavailable", "Too much is waiting to be stored. Send the same again in a moment.");
    }
    this.#bytes += bytes;
    return () => {
      this.#bytes -= bytes;
    };
  }
}

/** The bytes that a request may come to once it is read: as many as it says, or as many as it may where it says nothing. */
export function bytesToCome(request: Request, limit: number): number {
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  const packed = request.headers.has("content-encoding");
  return packed || !(length >= 0) ? limit : Math.min(length, limit);
}
