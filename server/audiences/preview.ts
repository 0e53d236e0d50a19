import type { AudiencePreview } from "@/core/api/audiences";
import { dependsOnOthers } from "@/core/audience/account-leaves";
import type { AudienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import { readPeople } from "@/server/profiles/people";
import type { Services } from "@/server/services";
import { compileAudience } from "./compile/compile";
import { figuresSets, nodeFigures, readFigures } from "./compile/figures";
import { sampleOf, sampleSettings } from "./compile/sample";
import { readSets } from "./compile/set-reader";
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

/** Count and people of a definition as of a moment, now unless told; of a sample, counts are scaled up, and what asks of accounts is counted in full. Errors: `invalid`, `timed_out`, `cancelled`. */
export async function previewAudience(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  { definition, asOf, limit = 10, conditions = false, sample: wanted }: PreviewInput,
  signal?: AbortSignal,
): Promise<AudiencePreview> {
  const startedAt = performance.now();
  const now = momentOf(services, asOf);
  const context = await audienceContext(services, now, definition);
  validateDefinition(definition, context);
  // Who belongs to an account with somebody cannot be told by a part of the people.
  const isSampled = wanted !== undefined && !dependsOnOthers(definition, context.audiences);
  const sample = isSampled ? await sampleOf(services.eventStore, wanted, { signal }) : undefined;
  const compiled = compileAudience(definition, { ...context, sample });
  const figures = conditions ? nodeFigures(definition.root, compiled) : [];
  const [members, candidates, ...rest] = await readSets(
    services.eventStore,
    [compiled.members, compiled.candidates, ...figuresSets(figures)],
    { signal, ...(sample !== undefined && { settings: sampleSettings(sample) }) },
  );
  if (!members || !candidates) throw new Error("As many sets are found as were asked for");
  const scale = sample?.of ?? 1;
  return {
    count: members.count * scale,
    candidates: candidates.count * scale,
    asOf: new Date(now).toISOString(),
    people: await readPeople(services.eventStore, members.first(limit), now, { signal }),
    ...(conditions && { conditions: readFigures(figures, rest, scale) }),
    ...(sample !== undefined && { sample: { of: sample.of } }),
    tookMs: Math.round(performance.now() - startedAt),
  };
}
