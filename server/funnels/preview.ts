import type { FunnelPreview } from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { stepLabel } from "@/core/funnel/label";
import { validateFunnel } from "@/core/funnel/validate";
import { audienceContext } from "@/server/audiences/context";
import type { Services } from "@/server/services";
import { compileFunnel } from "./compile";
import { funnelFigures } from "./figures";

interface PreviewInput {
  funnel: FunnelDefinition;
  asOf?: string | undefined;
}

/** The figures of a funnel as of a moment, now unless told. Errors: `invalid`, `timed_out`, `cancelled`. */
export async function previewFunnel(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  { funnel, asOf }: PreviewInput,
  signal?: AbortSignal,
): Promise<FunnelPreview> {
  const startedAt = performance.now();
  const at = asOf === undefined ? services.now() : new Date(asOf);
  const context = await audienceContext(services, at.getTime());
  validateFunnel(funnel, context);
  const query = compileFunnel(funnel, context);
  const figures = await funnelFigures(services.eventStore, query, funnel.steps.map(stepLabel), { signal });
  return { asOf: at.toISOString(), ...figures, tookMs: Math.round(performance.now() - startedAt) };
}
