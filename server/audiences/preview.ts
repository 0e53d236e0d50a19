import * as z from "zod";
import type { AudiencePreview } from "@/core/api/audiences";
import type { AudienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import { param, sql } from "@/server/event-store/sql";
import { readPeople } from "@/server/profiles/people";
import type { Services } from "@/server/services";
import { compileAudience } from "./compile/compile";
import { figuresArray, nodeFigures, readFigures } from "./compile/figures";
import { sampleSettings } from "./compile/sample";
import { audienceContext, momentOf } from "./context";

interface PreviewInput {
  definition: AudienceDefinition;
  asOf?: string | undefined;
  /** Most people to answer with; the count knows no limit. */
  limit?: number | undefined;
  /** Whether to answer what each condition does. */
  conditions?: boolean | undefined;
  /** Estimates from one of so many people. */
  sample?: number | undefined;
}

const row = z.strictObject({
  count: z.int(),
  candidates: z.int(),
  people: z.array(z.int()),
  figures: z.array(z.int()),
});

/** Count and people of a definition as of a moment, now unless told; of a sample, counts are scaled up. Errors: `invalid`, `timed_out`, `cancelled`. */
export async function previewAudience(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  { definition, asOf, limit = 10, conditions = false, sample }: PreviewInput,
  signal?: AbortSignal,
): Promise<AudiencePreview> {
  const startedAt = performance.now();
  const now = momentOf(services, asOf);
  const context = await audienceContext(services, now, definition);
  validateDefinition(definition, context);
  const compiled = compileAudience(definition, { ...context, sample });
  const figures = conditions ? nodeFigures(definition.root, compiled) : [];
  const numbers = figuresArray(figures);
  const [answer] = await services.eventStore.query(
    compiled.sets.select(sql`bitmapCardinality(${compiled.members}) AS count,
      bitmapCardinality(${compiled.candidates}) AS candidates,
      arraySort(bitmapToArray(bitmapSubsetLimit(${compiled.members}, 0, ${param.uint32(limit)}))) AS people,
      ${numbers} AS figures`),
    row,
    { signal, ...(sample !== undefined && { settings: sampleSettings(sample) }) },
  );
  if (!answer) throw new Error("A statement without a table answered no row");
  const scale = sample ?? 1;
  const counts = answer.figures.map((figure) => figure * scale);
  return {
    count: answer.count * scale,
    candidates: answer.candidates * scale,
    asOf: new Date(now).toISOString(),
    people: await readPeople(services.eventStore, answer.people, now, { signal }),
    ...(conditions && { conditions: readFigures(figures, counts) }),
    ...(sample !== undefined && { sample: { of: sample } }),
    tookMs: Math.round(performance.now() - startedAt),
  };
}
