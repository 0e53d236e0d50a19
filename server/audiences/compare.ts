import * as z from "zod";
import type { ComparedPeople } from "@/core/api/audience-insight";
import type { AudienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { readPeople } from "@/server/profiles/people";
import { profileId } from "@/server/profiles/profile-id";
import type { Services } from "@/server/services";
import { compileAudience } from "./compile/compile";
import { Sets } from "./compile/sets";
import { audienceContext, momentOf } from "./context";

interface CompareInput {
  before: AudienceDefinition;
  after: AudienceDefinition;
  asOf?: string | undefined;
  /** Most people of each kind to answer with. */
  limit?: number | undefined;
}

const someRow = z.tuple([z.int(), z.array(z.int())]);
const row = z.strictObject({
  beforeCount: z.int(),
  beforeCandidates: z.int(),
  afterCount: z.int(),
  afterCandidates: z.int(),
  entering: someRow,
  leaving: someRow,
  staying: someRow,
});

/**
 * Who enters, leaves and stays where one definition takes the place of another, in one statement and so as of one moment and
 * of the same messages. Errors: `invalid` in `before` or `after`; `timed_out`, `cancelled`.
 */
export async function compareDefinitions(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  { before, after, asOf, limit = 10 }: CompareInput,
  signal?: AbortSignal,
): Promise<ComparedPeople> {
  const startedAt = performance.now();
  const now = momentOf(services, asOf);
  const context = await audienceContext(services, now);
  validateDefinition(before, { ...context, at: "before" });
  validateDefinition(after, { ...context, at: "after" });
  const sets = new Sets();
  const old = compileAudience(before, context, sets);
  const next = compileAudience(after, context, sets);
  const someOf = (people: Sql) =>
    sql`(bitmapCardinality(${people}), arraySort(bitmapToArray(bitmapSubsetLimit(${people}, 0, ${param.uint32(limit)}))))`;
  const changes = sql`${someOf(sets.without(next.members, old.members))} AS entering,
    ${someOf(sets.without(old.members, next.members))} AS leaving,
    ${someOf(sets.and(old.members, next.members))} AS staying`;
  const [answer] = await services.eventStore.query(
    sets.select(sql`bitmapCardinality(${old.members}) AS beforeCount, bitmapCardinality(${old.candidates}) AS beforeCandidates,
      bitmapCardinality(${next.members}) AS afterCount, bitmapCardinality(${next.candidates}) AS afterCandidates,
      ${changes}`),
    row,
    { signal },
  );
  if (!answer) throw new Error("A statement without a table answered no row");
  const { entering, leaving, staying } = answer;
  const numbers = [entering, leaving, staying].flatMap(([, people]) => people);
  const read = await readPeople(services.eventStore, numbers, now, { signal });
  const people = new Map(read.map((person) => [person.id, person]));
  const shown = ([count, some]: z.infer<typeof someRow>) => ({
    count,
    people: some.flatMap((number) => people.get(profileId(number)) ?? []),
  });
  return {
    asOf: new Date(now).toISOString(),
    before: { count: answer.beforeCount, candidates: answer.beforeCandidates },
    after: { count: answer.afterCount, candidates: answer.afterCandidates },
    entering: shown(entering),
    leaving: shown(leaving),
    staying: shown(staying),
    tookMs: Math.round(performance.now() - startedAt),
  };
}
