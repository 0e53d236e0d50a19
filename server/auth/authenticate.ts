import { AppError } from "../../core/errors";
import type { Installation } from "../services";
import { sameToken } from "../tokens/token-text";
import { findToken } from "../tokens/tokens";
import type { Actor } from "./actor";
import type { Auth } from "./open";

/**
 * Who a request comes from: by its bearer token where it has one, else by its session cookie; null for nobody.
 * Throws `unauthenticated` for a token that does not hold, whatever cookie comes with it.
 */
export async function authenticate(request: Request, installation: Installation, auth: Auth): Promise<Actor | null> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return byToken(authorization, installation);
  return byCookie(request.headers, auth);
}

async function byToken(authorization: string, { env, metadata, now }: Installation): Promise<Actor> {
  const token = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  if (token === undefined) {
    throw new AppError("unauthenticated", "Send the API token as `Authorization: Bearer TOKEN`.");
  }
  if (env.apiToken !== undefined && sameToken(token, env.apiToken)) return { kind: "environment" };
  const found = await findToken(metadata, token, now());
  if (found === null) throw new AppError("unauthenticated", "This API token is not known, or was revoked.");
  return { kind: "token", tokenId: found.id, name: found.name, workspaceId: found.workspaceId };
}

/** The user of a session cookie, or null. */
export async function byCookie(headers: Headers, auth: Auth): Promise<Extract<Actor, { kind: "user" }> | null> {
  if (!headers.has("cookie")) return null;
  const session = await auth.api.getSession({ headers });
  if (session === null) return null;
  const { id, name, email } = session.user;
  return { kind: "user", user: { id, name, email } };
}
