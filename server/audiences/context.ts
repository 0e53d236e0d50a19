import { type AudienceDefinition, audienceDefinition } from "@/core/audience/definition";
import { referencesOf, type SavedAudience } from "@/core/audience/references";
import { funnelPeople } from "@/server/funnels/people-set";
import type { Services } from "@/server/services";
import { getWorkspace } from "@/server/workspace/workspace";
import type { Metadata } from "../metadata/scoped";
import type { CompileContext } from "./compile/compile";

/**
 * What definitions mean as of `now`: with the workspace's zone and its audiences, archived ones among them. For `sole`,
 * a definition that refers to no audience, none need be read.
 */
export async function audienceContext(
  { metadata }: Pick<Services, "metadata">,
  now: number,
  sole?: AudienceDefinition,
): Promise<CompileContext & { audiences: ReadonlyMap<string, SavedAudience> }> {
  const [{ timeZone }, audiences] = await Promise.all([
    getWorkspace(metadata),
    sole && referencesOf(sole.root).length === 0 ? new Map<string, SavedAudience>() : readAudiences(metadata),
  ]);
  return { now, timeZone, audiences, funnelPeople };
}

async function readAudiences(metadata: Metadata): Promise<Map<string, SavedAudience>> {
  const stored = await metadata.audience.findMany({ include: { versions: { orderBy: { version: "desc" }, take: 1 } } });
  return new Map(
    stored.flatMap(({ id, name, versions }) =>
      versions.map(({ definition }) => [id, { name, definition: audienceDefinition.parse(definition) }] as const),
    ),
  );
}

/** The moment of an `asOf` in milliseconds since the epoch, now unless given. */
export function momentOf({ now }: Pick<Services, "now">, asOf: string | undefined): number {
  return asOf === undefined ? now().getTime() : Date.parse(asOf);
}
