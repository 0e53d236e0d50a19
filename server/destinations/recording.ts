import type { OutgoingFetch } from "./outgoing";
import type { Pacer } from "./pacer";

/** A request that was sent and what came back, as the log keeps it: without secrets and cut to a length. */
export interface Exchange {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly request: string;
  /** 0 where no answer came. */
  readonly status: number;
  readonly answer: string;
  readonly milliseconds: number;
}

const longestRequest = 16_000;
const longestAnswer = 4_000;
/** A shorter secret would take ordinary words with it. */
const shortestMasked = 4;
const mask = "•••";

export function masked(text: string, secrets: readonly string[]): string {
  return secrets
    .filter(({ length }) => length >= shortestMasked)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .reduce((shown, secret) => shown.replaceAll(secret, mask), text);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)} …` : text;
}

/** The way out at a destination's pace, with each exchange written into `exchanges`. */
export function recordingFetch(
  fetch: OutgoingFetch,
  {
    pacer,
    secrets,
    exchanges,
    signal,
  }: { pacer: Pacer; secrets: readonly string[]; exchanges: Exchange[]; signal: AbortSignal },
): OutgoingFetch {
  return async (address, request = {}) => {
    await pacer.turn(request.signal ?? signal);
    const started = performance.now();
    const { body } = request;
    const record = (status: number, answer: string) =>
      exchanges.push({
        at: Date.now(),
        method: request.method ?? "GET",
        url: cut(masked(String(address), secrets), longestAnswer),
        request: body instanceof Uint8Array ? `${body.length} bytes` : cut(masked(body ?? "", secrets), longestRequest),
        status,
        answer: cut(masked(answer, secrets), longestAnswer),
        milliseconds: Math.round(performance.now() - started),
      });
    try {
      const response = await fetch(address, { signal, ...request });
      record(response.status, await response.clone().text());
      return response;
    } catch (error) {
      record(0, error instanceof Error ? error.message : String(error));
      throw error;
    }
  };
}
