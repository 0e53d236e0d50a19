import type { MembersLink as Row } from "@/generated/prisma/client";
import type { AnswerOf } from "../../core/api/endpoint";
import type { createMembersLink, MembersLink, NewMembersLink } from "../../core/api/members-links";
import { AppError } from "../../core/errors";
import { usualColumns } from "../../core/files/columns";
import { readAudience } from "../audiences/stored";
import { storedFormat } from "../files/stored-format";
import type { Services } from "../services";
import { addressOf } from "./signed-address";

const aDayMs = 24 * 60 * 60 * 1000;
/** Expired ones are kept so long, so that whoever opens one is told that it expired. */
const keptAfterMs = 30 * aDayMs;

function expiryOf({ expiresIn, expiresAt }: NewMembersLink, now: number): Date {
  if (expiresIn !== undefined && expiresAt !== undefined) {
    throw new AppError("invalid", "Give expiresIn or expiresAt, not both.", "expiresAt");
  }
  if (expiresAt === undefined) return new Date(now + (expiresIn === undefined ? aDayMs : expiresIn * 1000));
  const at = new Date(expiresAt);
  if (at.getTime() <= now) throw new AppError("invalid", "This moment is over. Give a later one.", "expiresAt");
  if (at.getTime() > now + 365 * aDayMs) throw new AppError("invalid", "A link holds for a year at most.", "expiresAt");
  return at;
}

/** `origin` is where whoever is given the link reaches this server. Errors: `not_found`, `invalid`. */
export async function createLink(
  services: Pick<Services, "metadata" | "secrets" | "now" | "workspaceId">,
  audienceId: string,
  input: NewMembersLink,
  { origin, createdBy }: { origin: string; createdBy: string | null },
): Promise<AnswerOf<typeof createMembersLink>> {
  const { metadata, secrets, now } = services;
  await readAudience(services, audienceId);
  const at = now().getTime();
  const { columns = [...usualColumns], format = "csv", asOf } = input;
  await metadata.membersLink.deleteMany({ where: { expiresAt: { lt: new Date(at - keptAfterMs) } } });
  const row = await metadata.membersLink.create({
    data: {
      audienceId,
      columns,
      format,
      asOf: asOf === undefined ? null : new Date(asOf),
      expiresAt: expiryOf(input, at),
      createdBy,
    },
  });
  return { id: row.id, url: `${origin}${addressOf(row, secrets)}`, expiresAt: row.expiresAt.toISOString() };
}

const shown = ({ id, columns, format, asOf, expiresAt, lastOpenedAt, createdAt }: Row): MembersLink => ({
  id,
  columns,
  format: storedFormat(format),
  asOf: asOf?.toISOString() ?? null,
  expiresAt: expiresAt.toISOString(),
  lastOpenedAt: lastOpenedAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});

/** Those that work now. Errors: `not_found`. */
export async function listLinks(
  services: Pick<Services, "metadata" | "now">,
  audienceId: string,
  page: { limit: number; after: string | undefined },
): Promise<MembersLink[]> {
  await readAudience(services, audienceId);
  const rows = await services.metadata.membersLink.findMany({
    where: {
      audienceId,
      revokedAt: null,
      expiresAt: { gt: services.now() },
      ...(page.after !== undefined && { id: { gt: page.after } }),
    },
    orderBy: { id: "asc" },
    take: page.limit,
  });
  return rows.map(shown);
}

/** Errors: `not_found`. */
export async function revokeLinksOf(services: Pick<Services, "metadata" | "now">, audienceId: string): Promise<number> {
  await readAudience(services, audienceId);
  const { count } = await services.metadata.membersLink.updateMany({
    where: { audienceId, revokedAt: null, expiresAt: { gt: services.now() } },
    data: { revokedAt: services.now() },
  });
  return count;
}

/** Answers 0 for one that was revoked before. Errors: `not_found`. */
export async function revokeLink({ metadata, now }: Pick<Services, "metadata" | "now">, id: string): Promise<number> {
  const row = await metadata.membersLink.findUnique({ where: { id }, select: { id: true } });
  if (row === null) throw new AppError("not_found", "There is no link with this id.");
  const { count } = await metadata.membersLink.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: now() },
  });
  return count;
}
