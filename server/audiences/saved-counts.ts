import type { Audience, AudienceWithCount } from "@/core/api/audiences";
import { AppError } from "@/core/errors";
import type { Services } from "@/server/services";
import { audienceContext, momentOf } from "./context";
import { countAudiences } from "./count";
import { audienceOf, readAudience, withCurrentVersion } from "./stored";

type Stores = Pick<Services, "eventStore" | "metadata" | "now">;

interface AsOf {
  asOf?: string | undefined;
}

/** Audiences with their counts, all as of one moment, now unless told. */
export async function withCounts(
  stores: Stores,
  audiences: readonly Audience[],
  { asOf }: AsOf,
  signal?: AbortSignal,
): Promise<AudienceWithCount[]> {
  const now = momentOf(stores, asOf);
  const context = await audienceContext(stores, now);
  const definitions = audiences.map(({ definition }) => definition);
  const counts = await countAudiences(stores.eventStore, definitions, context, signal);
  return audiences.map((audience, index) => ({
    ...audience,
    count: counts[index]?.count ?? 0,
    candidates: counts[index]?.candidates ?? 0,
    asOf: new Date(now).toISOString(),
  }));
}

/** An audience with its count as of a moment, now unless told. Errors: `not_found`. */
export async function getAudience(
  stores: Stores,
  id: string,
  input: AsOf,
  signal?: AbortSignal,
): Promise<AudienceWithCount> {
  const [audience] = await withCounts(stores, [await readAudience(stores, id)], input, signal);
  if (!audience) throw new Error("One audience has one count");
  return audience;
}

/** The counts of these audiences, in their order. Errors: `invalid` for an id that there is not. */
export async function countSavedAudiences(
  stores: Stores,
  { audienceIds, asOf }: AsOf & { audienceIds: readonly string[] },
  signal?: AbortSignal,
): Promise<{ asOf: string; items: { id: string; count: number; candidates: number }[] }> {
  const now = new Date(momentOf(stores, asOf)).toISOString();
  const audiences = await readAudiences(stores, audienceIds);
  const counted = await withCounts(stores, audiences, { asOf: now }, signal);
  return { asOf: now, items: counted.map(({ id, count, candidates }) => ({ id, count, candidates })) };
}

/** Saved audiences by id, in the order of the ids. Errors: `invalid` at the first id that there is not. */
export async function readAudiences(
  { metadata }: Pick<Stores, "metadata">,
  ids: readonly string[],
): Promise<Audience[]> {
  const rows = await metadata.audience.findMany({ where: { id: { in: [...ids] } }, include: withCurrentVersion });
  const found = new Map(rows.map((row) => [row.id, audienceOf(row)]));
  return ids.map((id, index) => {
    const audience = found.get(id);
    if (audience) return audience;
    throw new AppError("invalid", `There is no audience with the id “${id}”.`, `audienceIds[${index}]`);
  });
}
