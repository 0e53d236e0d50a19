import { audienceDefinition } from "@/core/audience/definition";
import type { SavedAudience } from "@/core/audience/references";
import type { Services } from "@/server/services";
import { getWorkspace } from "@/server/workspace/workspace";
import type { CompileContext } from "./compile/compile";

/** What a definition means as of `now`: with the workspace's zone and its audiences, archived ones among them. */
export async function audienceContext(
  { metadata }: Pick<Services, "metadata">,
  now: number,
): Promise<CompileContext & { audiences: ReadonlyMap<string, SavedAudience> }> {
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

/** The moment of an `asOf` in milliseconds since the epoch, now unless given. */
export function momentOf({ now }: Pick<Services, "now">, asOf: string | undefined): number {
  return asOf === undefined ? now().getTime() : Date.parse(asOf);
}
