import { sign } from "node:crypto";
import { DeliveryError } from "./delivery-error";

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A key in PEM form with its line breaks, which fields of one line take out. */
export function pemOf(text: string): string {
  const [, label = "", body = ""] = /-----BEGIN ([A-Z ]+)-----([\s\S]*?)-----END /.exec(text) ?? [];
  if (label === "") return text;
  const lines = body.replace(/\s+/g, "").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/** A JSON Web Token signed with RS256. Errors: DeliveryError `credential` for a key that is none. */
export function signedJwt(header: object, claims: object, privateKey: string): string {
  const signed = `${base64url({ alg: "RS256", typ: "JWT", ...header })}.${base64url(claims)}`;
  try {
    return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
  } catch (error) {
    throw new DeliveryError("credential", "The private key cannot be read: it must be an RSA key in PEM form.", {
      cause: error,
    });
  }
}
