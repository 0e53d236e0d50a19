import { DeliveryError } from "./delivery-error";
import type { DeliveryContext } from "./destination";
import { Pacer } from "./pacer";
import { type Exchange, recordingFetch } from "./recording";

/** A folder that cannot be made, as it would be within a file. */
const nowhere = "/dev/null/nowhere";

/**
 * The first request that a tool's folder would send, which gets no answer; null for one that must be asked something before it is known
 * what to send, and for one that is not spoken to by HTTP.
 */
export async function wouldSend(
  send: (context: DeliveryContext) => Promise<unknown>,
  { secrets, signal, now }: { secrets: readonly string[]; signal: AbortSignal; now: () => Date },
): Promise<{ method: string; url: string; body: string } | null> {
  const exchanges: Exchange[] = [];
  const nobody = async () => {
    throw new DeliveryError("unavailable", "Nothing is sent to try something out.");
  };
  const pacer = new Pacer(Number.POSITIVE_INFINITY);
  const fetch = recordingFetch(nobody, { pacer, secrets, exchanges, signal });
  try {
    await send({ signal, fetch, connect: nobody, filesDir: nowhere, now });
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
  }
  const [first] = exchanges;
  return first === undefined ? null : { method: first.method, url: first.url, body: first.request };
}
