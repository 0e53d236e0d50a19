import * as z from "zod";
import type { bigquery } from "../../../core/destinations/bigquery";
import { askJson } from "../ask-json";
import { DeliveryError, type DeliveryFault } from "../delivery-error";
import type { DeliveryContext } from "../destination";
import { signedJwt } from "../signed-jwt";

export type Settings = z.output<typeof bigquery.settings>;

const origin = "https://bigquery.googleapis.com";
const keyFile = z.object({ client_email: z.string(), private_key: z.string(), private_key_id: z.string() });
const tokenSeconds = 3600;

/** A token of the service account's own signing, which Google takes without another exchange. */
function token({ serviceAccountKey }: Settings, now: Date): string {
  let file: unknown;
  try {
    file = JSON.parse(serviceAccountKey);
  } catch {
    // Said below.
  }
  const parsed = keyFile.safeParse(file);
  if (!parsed.success) {
    throw new DeliveryError("credential", "The key of the service account is not the JSON file that Google gives.");
  }
  const { client_email: email, private_key: key, private_key_id: kid } = parsed.data;
  const iat = Math.floor(now.getTime() / 1000);
  const claims = { iss: email, sub: email, aud: `${origin}/`, iat, exp: iat + tokenSeconds };
  return signedJwt({ kid }, claims, key);
}

/** Google says with 403 both that there were too many and that something may not be done. */
function tooMany(text: string): DeliveryFault | undefined {
  return /rateLimitExceeded|quotaExceeded/.test(text) ? "rate_limited" : undefined;
}

/** One call; `path` from the project on. Errors: DeliveryError. */
export function ask<Schema extends z.ZodType>(
  path: string,
  settings: Settings,
  context: DeliveryContext,
  request: {
    method?: "GET" | "POST";
    body?: unknown;
    answer: Schema;
    faults?: Readonly<Record<number, DeliveryFault>>;
  },
) {
  return askJson(context, `${origin}/bigquery/v2/projects/${settings.projectId}/${path}`, {
    ...request,
    headers: { authorization: `Bearer ${token(settings, context.now())}` },
    faults: { 403: tooMany, ...request.faults },
    timeoutMs: 60_000,
  });
}
