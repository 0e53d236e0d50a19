import { createHash, createPublicKey, randomUUID } from "node:crypto";
import * as z from "zod";
import type { snowflake } from "../../../core/destinations/snowflake";
import { askJson } from "../ask-json";
import { DeliveryError, type DeliveryFault } from "../delivery-error";
import type { DeliveryContext } from "../destination";
import { pemOf, signedJwt } from "../signed-jwt";

export type Settings = z.output<typeof snowflake.settings>;

const tokenSeconds = 3000;
const statementSeconds = 45;

/** The key-pair token of Snowflake's documentation: who it is, and the fingerprint of the public key. */
function token({ account, user, privateKey: given }: Settings, now: Date): string {
  const privateKey = pemOf(given);
  let fingerprint: string;
  try {
    const der = createPublicKey(privateKey).export({ type: "spki", format: "der" });
    fingerprint = createHash("sha256").update(der).digest("base64");
  } catch (error) {
    throw new DeliveryError("credential", "The private key cannot be read: it must be an RSA key in PEM form.", {
      cause: error,
    });
  }
  // A locator is named without its region.
  const sub = `${account.split(".")[0]}.${user}`.toUpperCase();
  const iat = Math.floor(now.getTime() / 1000);
  return signedJwt({}, { iss: `${sub}.SHA256:${fingerprint}`, sub, iat, exp: iat + tokenSeconds }, privateKey);
}

const answered = z.object({
  statementHandle: z.string().optional(),
  data: z.array(z.array(z.string().nullable())).optional(),
  resultSetMetaData: z.object({ partitionInfo: z.array(z.unknown()).default([]) }).optional(),
});
export type Answered = z.output<typeof answered>;

/** A statement that was refused is at fault by its data (SQLSTATE classes 22 and 23), or by what is missing around it. */
function refusedStatement(text: string): DeliveryFault {
  return /"sqlState"\s*:\s*"2[23]/.test(text) ? "invalid" : "settings";
}

function ask(path: string, settings: Settings, context: DeliveryContext, method: "GET" | "POST", body?: object) {
  return askJson(context, `https://${settings.account}.snowflakecomputing.com/api/v2/statements${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token(settings, context.now())}`,
      "x-snowflake-authorization-token-type": "KEYPAIR_JWT",
      "user-agent": "Foothold/1",
    },
    ...(body !== undefined && { body }),
    answer: answered,
    faults: { 408: "unavailable", 422: refusedStatement },
    timeoutMs: 60_000,
  });
}

/**
 * Runs a statement and answers its first part. Each `?` of it stands for a text, or for one of each row where `bindings` are
 * lists. Errors: DeliveryError.
 */
export async function runStatement(
  statement: string,
  bindings: readonly (string | null | readonly (string | null)[])[],
  settings: Settings,
  context: DeliveryContext,
): Promise<Answered> {
  const { database, warehouse, role } = settings;
  const answer = await ask(`?requestId=${randomUUID()}`, settings, context, "POST", {
    statement,
    timeout: statementSeconds,
    database,
    warehouse,
    ...(role !== "" && { role }),
    bindings: Object.fromEntries(bindings.map((value, index) => [String(index + 1), { type: "TEXT", value }])),
  });
  if (answer.resultSetMetaData !== undefined) return answer;
  // Not done within 45 seconds: it goes on, and its outcome is not known.
  throw new DeliveryError("unavailable", "Snowflake is still at it; the statement is sent again.");
}

/** A later part of an answer. */
export function partOf({ statementHandle = "" }: Answered, part: number, settings: Settings, context: DeliveryContext) {
  return ask(`/${encodeURIComponent(statementHandle)}?partition=${part}`, settings, context, "GET");
}
