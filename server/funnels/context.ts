import { audienceDefinition } from "@/core/audience/definition";
import type { CompileContext } from "@/server/audiences/compile/compile";
import type { Services } from "@/server/services";
import { getWorkspace } from "@/server/workspace/workspace";

/** What a funnel is computed against: the moment, the workspace's zone and its audiences, archived ones among them. */
export async function funnelContext({ metadata }: Pick<Services, "metadata">, now: number): Promise<CompileContext> {
  const [{ timeZone }, stored] = await Promise.all([
    getWorkspace(metadata),
    metadata.audience.findMany({ include: { versions: { orderBy: { version: "desc" }, take: 1 } } }),
  ]);
  const audiences = new Map(
    stored.flatMap(({ id, name, versions }) =>
      versions.map(({ definition }) => [id, { name, definition: audienceDefinition.parse(definition) }] as const),
    ),
  );
  return { now, timeZone, audiences };
}
