import type { ComparedPeople } from "@/core/api/audience-insight";
import type { AudienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import { PeopleBits } from "@/server/event-store/people-bits";
import { readPeople } from "@/server/profiles/people";
import { profileId } from "@/server/profiles/profile-id";
import type { Services } from "@/server/services";
import { compileAudience } from "./compile/compile";
import { readSets } from "./compile/set-reader";
import { audienceContext, momentOf } from "./context";

interface CompareInput {
  before: AudienceDefinition;
  after: AudienceDefinition;
  asOf?: string | undefined;
  /** Most people of each kind to answer with. */
  limit?: number | undefined;
}

/**
 * Who enters, leaves and stays where one definition takes the place of another, as of one moment. Errors: `invalid` in `before` or `after`; `timed_out`, `cancelled`.
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
  const old = compileAudience(before, context);
  const next = compileAudience(after, context);
  const [
    beforeMembers = PeopleBits.none,
    beforeCandidates = PeopleBits.none,
    afterMembers = PeopleBits.none,
    afterCandidates = PeopleBits.none,
  ] = await readSets(services.eventStore, [old.members, old.candidates, next.members, next.candidates], { signal });
  const someOf = (found: PeopleBits) => ({ count: found.count, numbers: found.first(limit) });
  const entering = someOf(afterMembers.without(beforeMembers));
  const leaving = someOf(beforeMembers.without(afterMembers));
  const staying = someOf(beforeMembers.and(afterMembers));
  const numbers = [entering, leaving, staying].flatMap((some) => some.numbers);
  const read = await readPeople(services.eventStore, numbers, now, { signal });
  const people = new Map(read.map((person) => [person.id, person]));
  const shown = ({ count, numbers: some }: ReturnType<typeof someOf>) => ({
    count,
    people: some.flatMap((number) => people.get(profileId(number)) ?? []),
  });
  return {
    asOf: new Date(now).toISOString(),
    before: { count: beforeMembers.count, candidates: beforeCandidates.count },
    after: { count: afterMembers.count, candidates: afterCandidates.count },
    entering: shown(entering),
    leaving: shown(leaving),
    staying: shown(staying),
    tookMs: Math.round(performance.now() - startedAt),
  };
}
