import { audienceDefinition } from "@/core/audience/definition";
import type { CompileContext } from "@/server/audiences/compile/compile";
import { audienceContext } from "@/server/audiences/context";
import type { Metadata } from "@/server/metadata/scoped";
import { type TrackedAudience, trackedAudience } from "./tracked-audience";

/** The audiences whose logs are kept, and what their definitions mean. */
export interface SavedAudiences {
  readonly tracked: ReadonlyMap<string, TrackedAudience>;
  readonly context: Omit<CompileContext, "now">;
  /** Differs when any of it may have changed. */
  readonly state: string;
}

/** Something short that changes whenever an audience or the zone does. */
export async function stateOfAudiences(metadata: Metadata): Promise<string> {
  const [audiences, workspace] = await Promise.all([
    metadata.audience.aggregate({ _max: { updatedAt: true }, _count: true }),
    metadata.workspace.findFirstOrThrow({ select: { timeZone: true } }),
  ]);
  return `${audiences._max.updatedAt?.getTime() ?? 0} ${audiences._count} ${workspace.timeZone}`;
}

/** All audiences that are not archived. */
export async function readSavedAudiences(metadata: Metadata): Promise<SavedAudiences> {
  const state = await stateOfAudiences(metadata);
  const [{ now: _, ...context }, rows] = await Promise.all([
    audienceContext({ metadata }, 0),
    metadata.audience.findMany({
      where: { archivedAt: null },
      select: { id: true, versions: { orderBy: { version: "desc" }, take: 1, select: { definition: true } } },
    }),
  ]);
  const tracked = rows.flatMap(({ id, versions }) =>
    versions.flatMap(({ definition }) => {
      const parsed = audienceDefinition.parse(definition);
      return trackedAudience(id, parsed, context.timeZone, context.audiences) ?? [];
    }),
  );
  return { tracked: new Map(tracked.map((audience) => [audience.id, audience])), context, state };
}
