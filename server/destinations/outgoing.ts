import { once } from "node:events";
import { isIP, Socket } from "node:net";
import { Agent, errors, fetch as undiciFetch } from "undici";
import { DeliveryError } from "./delivery-error";
import { isPublicAddress, PrivateAddressError, publicLookup } from "./public-address";

export interface OutgoingRequest {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array<ArrayBuffer>;
  signal?: AbortSignal;
  /** Until the answer is read; ten seconds unless told. */
  timeoutMs?: number;
}

/**
 * The one way out. Answers whatever the other side answered, its body read; a redirect is answered and not followed. Errors:
 * DeliveryError `unavailable` where no answer came, `settings` for an address that may not be asked. Where the signal
 * is fired, its reason.
 */
export type OutgoingFetch = (url: string | URL, request?: OutgoingRequest) => Promise<Response>;

const usualTimeoutMs = 10_000;
const longestAnswer = 32 * 1024 * 1024;
/** Statuses that a Response cannot be made of with a body. */
const withoutBody = new Set([101, 204, 205, 304]);

/**
 * A connection for what does not speak HTTP, which its holder ends. Errors: DeliveryError `unavailable` where there is none
 * within ten seconds, `settings` for an address that may not be asked.
 */
export type OutgoingConnect = (host: string, port: number, signal: AbortSignal) => Promise<Socket>;

export interface Outgoing {
  readonly fetch: OutgoingFetch;
  readonly connect: OutgoingConnect;
  /** Absolute; the one folder of this machine that files may be written in. */
  readonly filesDir: string;
  close(): Promise<void>;
}

/** Addresses are checked where the connection is made, so that a name cannot lead elsewhere than it was checked to. */
export function openOutgoing({
  allowPrivateAddresses,
  filesDir,
}: Pick<Outgoing, "filesDir"> & { allowPrivateAddresses: boolean }): Outgoing {
  const agent = new Agent({
    connect: { timeout: usualTimeoutMs, ...(allowPrivateAddresses ? {} : { lookup: publicLookup }) },
    maxResponseSize: longestAnswer,
  });
  return {
    filesDir,
    async fetch(address, { timeoutMs = usualTimeoutMs, signal, ...request } = {}) {
      const url = new URL(address);
      if (!allowPrivateAddresses) refusePrivateLiteral(url.hostname);
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const answer = await undiciFetch(url, {
          ...request,
          redirect: "manual",
          dispatcher: agent,
          signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        });
        const body = withoutBody.has(answer.status) ? null : await answer.arrayBuffer();
        return new Response(body, { status: answer.status, headers: [...answer.headers] });
      } catch (error) {
        signal?.throwIfAborted();
        if (timeout.aborted) {
          throw new DeliveryError("unavailable", `${url.host} did not answer within ${timeoutMs / 1000} s.`);
        }
        throw faultOf(error, url.host);
      }
    },
    async connect(host, port, signal) {
      if (!allowPrivateAddresses) refusePrivateLiteral(host);
      const socket = new Socket();
      const timeout = AbortSignal.timeout(usualTimeoutMs);
      const either = AbortSignal.any([signal, timeout]);
      try {
        socket.connect({ host, port, ...(allowPrivateAddresses ? {} : { lookup: publicLookup }) });
        await once(socket, "connect", { signal: either });
        return socket;
      } catch (error) {
        socket.destroy();
        signal.throwIfAborted();
        throw faultOf(error, `${host}:${port}`);
      }
    },
    close: () => agent.destroy(),
  };
}

/** An address that is written as a number is looked up by nobody. */
function refusePrivateLiteral(hostname: string): void {
  const literal = hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) {
    throw new DeliveryError("settings", new PrivateAddressError(literal).message);
  }
}

function faultOf(error: unknown, host: string): DeliveryError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof PrivateAddressError) return new DeliveryError("settings", cause.message, { cause: error });
    if (cause instanceof errors.ResponseExceededMaxSizeError) {
      return new DeliveryError("settings", `${host} answered more than ${longestAnswer / 1024 / 1024} MB.`);
    }
    if ("code" in cause && typeof cause.code === "string") {
      return new DeliveryError("unavailable", `${host} could not be reached (${cause.code}).`, { cause: error });
    }
  }
  return new DeliveryError("unavailable", `${host} could not be reached.`, { cause: error });
}
