import type { SizePoint } from "@/core/api/audience-insight";
import type { AudienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import type { Services } from "@/server/services";
import { audienceContext, momentOf } from "./context";
import { countAudiences } from "./count";
import { type DayEnd, dayEnds } from "./day-ends";

interface HistoryInput {
  definition: AudienceDefinition;
  days?: number | undefined;
  asOf?: string | undefined;
}

const defaultDays = 30;
/** Two keep the engine busy and leave it room for previews. */
const countedAtOnce = 2;

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

  /** While one is read the next is being counted; what nobody reads any more is stopped. */
  async function* points() {
    const stop = new AbortController();
    const stopped = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
    const ends = dayEnds(now, context.timeZone, days);
    const counting: Promise<SizePoint>[] = [];
    try {
      for (const index of ends.keys()) {
        for (const end of ends.slice(counting.length, index + countedAtOnce)) {
          const point = pointAt(end, stopped);
          // It is told where it is awaited, if it is.
          point.catch(() => {});
          counting.push(point);
        }
        const next = counting[index];
        if (next) yield await next;
      }
    } finally {
      stop.abort();
    }
  }

  async function pointAt({ at, day }: DayEnd, stopped: AbortSignal): Promise<SizePoint> {
    const [counted] = await countAudiences(services.eventStore, [definition], { ...context, now: at }, stopped);
    if (!counted) throw new Error("One definition has one count");
    return { at: new Date(at).toISOString(), day, ...counted };
  }
}
