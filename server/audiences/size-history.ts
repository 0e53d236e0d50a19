import type { SizePoint } from "@/core/api/audience-insight";
import type { AudienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import type { Services } from "@/server/services";
import { audienceContext, momentOf } from "./context";
import { countAudiences } from "./count";
import { dayEnds } from "./day-ends";

interface HistoryInput {
  definition: AudienceDefinition;
  days?: number | undefined;
  asOf?: string | undefined;
}

const defaultDays = 30;

/**
 * How many were in at a moment, now unless told, and at the end of each of the days before, latest first: each is the exact
 * count as of that moment, computed when it is asked for. Errors, before the first: `invalid`.
 */
export async function sizeHistory(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  { definition, days = defaultDays, asOf }: HistoryInput,
  signal?: AbortSignal,
): Promise<AsyncGenerator<SizePoint>> {
  const now = momentOf(services, asOf);
  const context = await audienceContext(services, now, definition);
  validateDefinition(definition, context);
  return points();

  async function* points() {
    for (const { at, day } of dayEnds(now, context.timeZone, days)) {
      const [counted] = await countAudiences(services.eventStore, [definition], { ...context, now: at }, signal);
      if (!counted) throw new Error("One definition has one count");
      yield { at: new Date(at).toISOString(), day, ...counted };
    }
  }
}
