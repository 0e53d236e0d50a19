import type { PrismaClient } from "@/generated/prisma/client";
import type { ApiToken } from "../../core/api/workspace";
import { AppError } from "../../core/errors";
import type { Metadata } from "../metadata/scoped";
import { hashToken, makeTokenText, shownPrefix } from "./token-text";

interface Stored {
  id: string;
  name: string;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

const shown = { id: true, name: true, prefix: true, createdAt: true, lastUsedAt: true } as const;

/** A use is noted at most this often, so that a busy token does not write at every call. */
const noteEveryMs = 60_000;

function tokenOf(stored: Stored): ApiToken {
  return {
    id: stored.id,
    name: stored.name,
    prefix: stored.prefix,
    createdAt: stored.createdAt.toISOString(),
    lastUsedAt: stored.lastUsedAt?.toISOString() ?? null,
  };
}

/** Makes a token. Its text is in this answer and nowhere else. */
export async function createToken(
  metadata: Metadata,
  input: { name: string; createdBy: string | null },
): Promise<ApiToken & { token: string }> {
  const token = makeTokenText();
  const stored = await metadata.apiToken.create({
    data: { name: input.name, hash: hashToken(token), prefix: shownPrefix(token), createdBy: input.createdBy },
    select: shown,
  });
  return { ...tokenOf(stored), token };
}

/** Tokens that hold, newest first; `after` is the id of the last one of the page before. */
export async function listTokens(
  metadata: Metadata,
  page: { limit: number; after: string | undefined },
): Promise<ApiToken[]> {
  const stored = await metadata.apiToken.findMany({
    where: { revokedAt: null, ...(page.after === undefined ? {} : { id: { lt: page.after } }) },
    orderBy: { id: "desc" },
    take: page.limit,
    select: shown,
  });
  return stored.map(tokenOf);
}

/** Ends a token at once. Throws `not_found` for one that does not hold. */
export async function revokeToken(metadata: Metadata, id: string, now: Date): Promise<ApiToken> {
  const { count } = await metadata.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  if (count === 0) throw new AppError("not_found", "There is no API token with this id.");
  return tokenOf(await metadata.apiToken.findUniqueOrThrow({ where: { id }, select: shown }));
}

/** The token with this text and the workspace that it was made in, unless it was revoked; notes that it was used. */
export async function findToken(
  metadata: PrismaClient,
  text: string,
  now: Date,
): Promise<{ id: string; name: string; workspaceId: string } | null> {
  const stored = await metadata.apiToken.findUnique({
    where: { hash: hashToken(text) },
    select: { id: true, name: true, workspaceId: true, revokedAt: true, lastUsedAt: true },
  });
  if (stored === null || stored.revokedAt !== null) return null;
  if (stored.lastUsedAt === null || now.getTime() - stored.lastUsedAt.getTime() >= noteEveryMs) {
    await metadata.apiToken.update({ where: { id: stored.id }, data: { lastUsedAt: now } });
  }
  return { id: stored.id, name: stored.name, workspaceId: stored.workspaceId };
}
