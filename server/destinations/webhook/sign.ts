import { createHmac } from "node:crypto";

/**
 * The headers of a signed request, by the Standard Webhooks specification (v1, symmetric): HMAC-SHA256 over the id, the
 * seconds and the body with dots between, in base64. A secret that begins with `whsec_` is base64 after that; any other
 * one is taken as its bytes.
 */
export function signedHeaders(id: string, body: string, secret: string, now: Date): Record<string, string> {
  const seconds = Math.floor(now.getTime() / 1000);
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret);
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": `v1,${signature}` };
}
