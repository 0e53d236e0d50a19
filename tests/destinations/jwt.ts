import { generateKeyPairSync, type KeyObject, verify } from "node:crypto";

/** A pair of keys as somebody would make them for a service. */
export function rsaPair(): { publicKey: KeyObject; privatePem: string } {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { publicKey, privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

/** What a token claims, where it is signed with the key and neither old nor of the future nor longer than an hour. */
export function verifiedClaims(authorization: string | undefined, publicKey: KeyObject): Record<string, unknown> {
  const [header = "", claims = "", signature = ""] = authorization?.replace(/^Bearer /, "").split(".") ?? [];
  if (!verify("RSA-SHA256", Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, "base64url"))) {
    return {};
  }
  const read: unknown = JSON.parse(Buffer.from(claims, "base64url").toString());
  if (typeof read !== "object" || read === null || !("iat" in read) || !("exp" in read)) return {};
  const { iat, exp } = read;
  const now = Date.now() / 1000;
  if (typeof iat !== "number" || typeof exp !== "number" || iat > now + 5 || exp < now || exp - iat > 3600) return {};
  return { ...read };
}
