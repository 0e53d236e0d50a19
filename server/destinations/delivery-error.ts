/**
 * Why a whole request to a tool came to nothing, by whose fault it is and what helps:
 * - `credential`: the tool does not take the key (any more); somebody must give another one. Tried again rarely.
 * - `settings`: the connection or the sync is set up wrong (an address that is refused, a list that is gone). Tried again rarely.
 * - `rate_limited`: too much at a time; tried again after `retryAfterMs`.
 * - `unavailable`: the tool, or the way to it, is out of order; tried again with growing pauses.
 * - `invalid`: the tool refuses what was sent and would again; the people of the request are given up with this reason.
 */
export type DeliveryFault = "credential" | "settings" | "rate_limited" | "unavailable" | "invalid";

export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  readonly retryAfterMs: number | undefined;
  constructor(
    readonly fault: DeliveryFault,
    /** A sentence that may be shown: what the tool said, without secrets. */
    message: string,
    options: ErrorOptions & { retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}
