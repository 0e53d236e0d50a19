import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const hash = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Uint8Array, text: string) => createHmac("sha256", key).update(text).digest();
const form =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** Whether a request is signed as AWS documents for S3 (Signature Version 4), and its body is the one that was signed. */
export function isSigned(
  request: { method: string; url: string; header(name: string): string | undefined },
  body: Uint8Array,
  keys: { id: string; secret: string; region: string },
): boolean {
  const [, id, day = "", region = "", names = "", signature = ""] =
    form.exec(request.header("authorization") ?? "") ?? [];
  const date = request.header("x-amz-date") ?? "";
  const sent = request.header("x-amz-content-sha256");
  if (id !== keys.id || region !== keys.region || !date.startsWith(day) || sent !== hash(body)) return false;
  if (!["host", "x-amz-date", "x-amz-content-sha256"].every((name) => names.split(";").includes(name))) return false;
  const url = new URL(request.url);
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join("&");
  const headers = names.split(";").map((name) => `${name}:${(request.header(name) ?? "").trim()}\n`);
  const canonical = [request.method, url.pathname, query, headers.join(""), names, sent].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", date, scope, hash(canonical)].join("\n");
  const key = ["s3", "aws4_request"].reduce<Uint8Array>(hmac, hmac(hmac(`AWS4${keys.secret}`, day), region));
  return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, "hex"));
}
