import { audienceDefinition } from "@/core/audience/definition";
import type { NeededHistory } from "@/core/audience/needed-history";
import type { AudiencesById } from "@/core/audience/references";
import type { TimeEdge } from "@/core/audience/time-edges";
import type { Metadata } from "@/server/metadata/scoped";
import { trackedAudience } from "./tracked-audience";

/** What an audience looked at when a change of it was recorded. */
export interface MeaningThen {
  readonly events: NeededHistory["events"];
  readonly traitKeys: ReadonlySet<string>;
  readonly edges: readonly TimeEdge[];
  /** The version that had been saved just before; undefined where none had. */
  readonly savedVersion: number | undefined;
}

/** Older ones decided nothing that is looked at. */
const mostVersions = 50;
/** So long after a version was saved, what is found of everybody is found because of it. */
const justSavedMs = 600_000;

const nothing = { events: new Map(), traitKeys: new Set<string>(), edges: [] };

/** The meaning of an audience at a moment, by the version that held; those that it refers to are as they are now. */
export async function meaningsOf(
  metadata: Metadata,
  audienceId: string,
  { timeZone, audiences }: { timeZone: string; audiences: AudiencesById },
): Promise<(recordedAt: number) => MeaningThen> {
  const versions = await metadata.audienceVersion.findMany({
    where: { audienceId },
    orderBy: { version: "desc" },
    take: mostVersions,
    select: { version: true, definition: true, createdAt: true },
  });
  const read = versions.map(({ version, definition, createdAt }) => {
    const tracked = trackedAudience(audienceId, audienceDefinition.parse(definition), timeZone, audiences);
    const { events, traitKeys } = tracked?.needed ?? nothing;
    return { version, events, traitKeys, edges: tracked?.edges ?? [], savedAt: createdAt.getTime() };
  });
  return (recordedAt) => {
    const then = read.find(({ savedAt }) => savedAt <= recordedAt) ?? read.at(-1);
    if (!then) return { ...nothing, savedVersion: undefined };
    const isJustSaved = recordedAt - then.savedAt < justSavedMs;
    return { ...then, savedVersion: isJustSaved ? then.version : undefined };
  };
}
