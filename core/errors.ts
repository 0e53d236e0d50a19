/** Every error code of the product and the HTTP status it is answered with. */
export const errorStatus = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  cancelled: 499,
  internal: 500,
  unavailable: 503,
  timed_out: 504,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatus;

/**
 * An error whose message may be shown to the person who caused it: it says what is wrong and what to do.
 * `path` points into what was sent (`root.conditions[1].value`).
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly retryAfterSeconds: number;
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly path?: string,
    options?: ErrorOptions & {
      /** When to try again, for `rate_limited` and `unavailable`; a second unless told. */
      retryAfterSeconds?: number;
    },
  ) {
    super(message, options);
    this.retryAfterSeconds = options?.retryAfterSeconds ?? 1;
  }
}

/** Makes a `switch` over a closed union fail to compile when a member is not handled. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}

/** `["root", "conditions", 1, "value"]` as `root.conditions[1].value`, the form of `path` in every error. */
export function formatPath(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === "number") return `${path}[${segment}]`;
    return path === "" ? String(segment) : `${path}.${String(segment)}`;
  }, "");
}
