import type { Suppression } from "../../core/api/suppressions";
import { AppError } from "../../core/errors";
import { type Actor, actorId } from "../auth/actor";
import type { Identifier } from "../ingest/identity-set";
import { ownerOf } from "../ingest/person-identifiers";
import {
  lastDecision,
  listSuppressed,
  logDecision,
  type SuppressionDecision,
  suppressionHash,
} from "../ingest/suppressed-ids";
import type { Services } from "../services";
import { versionAuthors } from "../versions/version-authors";

type Stores = Pick<Services, "eventStore" | "metadata" | "ingest" | "now">;

/** A page of the identifiers that must not come in, the latest first. Errors: `invalid` at `cursor`. */
export async function suppressionsPage(
  { eventStore, metadata }: Pick<Stores, "eventStore" | "metadata">,
  { limit = 100, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: Suppression[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : parseSuppression(cursor);
  const rows = await listSuppressed(eventStore, limit + 1, after);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await answered(metadata, shown),
    nextCursor: rows.length > limit && last ? `${last.moment}.${last.hash}` : null,
  };
}

function parseSuppression(cursor: string): { moment: number; hash: string } {
  const [, moment, hash] = /^(-?\d{1,15})\.([0-9a-f]{64})$/.exec(cursor) ?? [];
  if (moment !== undefined && hash !== undefined) return { moment: Number(moment), hash };
  throw new AppError("invalid", "This cursor is not one of a suppressed identifier.", "cursor");
}

async function answered(
  metadata: Stores["metadata"],
  decisions: readonly SuppressionDecision[],
): Promise<Suppression[]> {
  const makers = decisions.map(({ madeBy }) => (madeBy === "" ? null : madeBy));
  const authors = await versionAuthors(metadata, makers);
  return decisions.map(({ kind, hash, moment, madeBy, deletion }) => ({
    kind,
    hash,
    at: new Date(moment).toISOString(),
    by: authors.get(madeBy) ?? null,
    deletionId: deletion === "" ? null : deletion,
  }));
}

/**
 * Refuses messages of an identifier before any has come. Errors: `conflict` where somebody has it, or it is suppressed already;
 * `invalid`.
 */
export function suppressId(services: Stores, named: Identifier, actor: Actor | null): Promise<Suppression> {
  const { eventStore, metadata, ingest } = services;
  const identifier = asSent(named);
  const hash = suppressionHash(identifier);
  return ingest.exclusively(async () => {
    const last = await lastDecision(eventStore, hash);
    if (last?.isSuppressed === 1) throw new AppError("conflict", "This identifier is suppressed already.", "id");
    if ((await ownerOf(eventStore, identifier)) !== undefined) {
      throw new AppError("conflict", "Somebody has this identifier. Delete that person to keep it out.", "id");
    }
    const decision = { kind: identifier.kind, hash, isSuppressed: 1, ...made(services, last, actor) } as const;
    await logDecision(eventStore, decision);
    ingest.suppress([hash]);
    const [suppression] = await answered(metadata, [{ ...decision, deletion: "" }]);
    if (!suppression) throw new Error("One is answered as one");
    return suppression;
  });
}

/** Lets messages of an identifier in again; whoever sends it is a new person. Errors: `not_found`, `invalid`. */
export async function liftSuppression(services: Stores, named: Identifier, actor: Actor | null): Promise<void> {
  const { eventStore, ingest } = services;
  const identifier = asSent(named);
  const hash = suppressionHash(identifier);
  const last = await lastDecision(eventStore, hash);
  if (last?.isSuppressed !== 1) throw new AppError("not_found", "This identifier is not suppressed.", "id");
  await logDecision(eventStore, { kind: identifier.kind, hash, isSuppressed: 0, ...made(services, last, actor) });
  ingest.allow([hash]);
}

/** A decision comes after the last one, whatever the clock says. */
function made({ now }: Stores, last: SuppressionDecision | undefined, actor: Actor | null) {
  const moment = Math.max(now().getTime(), (last?.moment ?? 0) + 1);
  return { moment, madeBy: actorId(actor) ?? "" };
}

/** As messages are read: an email in lower case, without the space around it. */
function asSent({ kind, id }: Identifier): Identifier {
  if (kind !== "other") return { kind, id };
  const colon = id.indexOf(":");
  if (colon < 1)
    throw new AppError("invalid", "must begin with its type and a colon, such as email:ann@example.com", "id");
  const value = id.slice(colon + 1);
  return { kind, id: id.slice(0, colon) === "email" ? `email:${value.trim().toLowerCase()}` : id };
}
