import type { AudienceOverlap } from "@/core/api/audience-insight";
import type { AudienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import { PeopleBits } from "@/server/event-store/people-bits";
import type { Services } from "@/server/services";
import { compileAudience } from "./compile/compile";
import { readSets } from "./compile/set-reader";
import { audienceContext, momentOf } from "./context";
import { readAudiences } from "./saved-counts";

interface OverlapInput {
  definition: AudienceDefinition;
  audienceIds: readonly string[];
  asOf?: string | undefined;
}

type Stores = Pick<Services, "eventStore" | "metadata" | "now">;

/**
 * What a definition has in common with saved audiences, each by its own includeAnonymous, all as of one moment. Errors:
 * `invalid` for the definition and for an id that there is not.
 */
export async function overlapOfAudiences(
  services: Stores,
  { definition, audienceIds, asOf }: OverlapInput,
  signal?: AbortSignal,
): Promise<AudienceOverlap> {
  const startedAt = performance.now();
  const now = momentOf(services, asOf);
  const context = await audienceContext(services, now);
  validateDefinition(definition, context);
  const audiences = await readAudiences(services, audienceIds);
  const definitions = [definition, ...audiences.map((audience) => audience.definition)];
  const members = definitions.map((one) => compileAudience(one, context).members);
  const [own, ...others] = await readSets(services.eventStore, members, { signal });
  if (!own) throw new Error("As many sets are found as were asked for");
  const { count } = own;
  return {
    asOf: new Date(now).toISOString(),
    count,
    items: audiences.map(({ id, name }, index) => {
      const other = others[index] ?? PeopleBits.none;
      const [size, both] = [other.count, own.and(other).count];
      return {
        id,
        name,
        count: size,
        both,
        onlyThis: count - both,
        onlyThat: size - both,
        either: count + size - both,
      };
    }),
    tookMs: Math.round(performance.now() - startedAt),
  };
}
