import { DeliveryError, type DeliveryFault } from "./delivery-error";

/** Statuses that are worth another try, besides 5xx. */
const passing = new Set([408, 421, 423, 425]);
/** Those of 5xx that stay so. */
const lasting = new Set([501, 505, 511]);

function faultOfStatus(status: number): DeliveryFault {
  if (status === 429) return "rate_limited";
  if (status === 401 || status === 403) return "credential";
  if (status === 404 || status === 405 || status === 410 || (status >= 300 && status < 400)) return "settings";
  if (passing.has(status) || (status >= 500 && !lasting.has(status))) return "unavailable";
  return "invalid";
}

/** Milliseconds of a Retry-After, in either of its forms; undefined without one that can be read. */
function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Math.round(Number(header) * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** Milliseconds until a limit is lifted, by Retry-After or by X-RateLimit-Reset in epoch seconds. */
function waitOf(headers: Headers, now: number): number | undefined {
  const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN);
  // Some count the seconds that are left; only a moment can be as large.
  return retryAfterMs(headers.get("retry-after"), now) ?? (reset > 1e9 ? Math.max(0, reset * 1000 - now) : undefined);
}

const longestExcerpt = 300;

/**
 * Passes an answer of success on, and throws the DeliveryError of any other by the usual meaning of statuses. `fault` says
 * otherwise where a tool means something else by one, or by what it says in its answer.
 */
export async function assertTaken(
  response: Response,
  { now, fault }: { now: number; fault?: DeliveryFault | ((text: string) => DeliveryFault | undefined) },
): Promise<Response> {
  if (response.ok) return response;
  const text = (await response.text()).replace(/\s+/g, " ").trim();
  const excerpt = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)} …` : text;
  throw new DeliveryError(
    (typeof fault === "function" ? fault(text) : fault) ?? faultOfStatus(response.status),
    `Answered ${response.status}${excerpt === "" ? "" : `: ${excerpt.replace(/\.$/, "")}`}.`,
    { retryAfterMs: waitOf(response.headers, now) },
  );
}
