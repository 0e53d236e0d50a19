import { audienceDefinition } from "@/core/audience/definition";
import { evaluate } from "@/core/audience/evaluate";
import type { Services } from "@/server/services";
import { getWorkspace } from "@/server/workspace/workspace";
import { readHistory } from "./history";

/** The saved audiences, archived ones left out, that a live number is in at `now`, by name. */
export async function audiencesOf(
  { eventStore, metadata }: Services,
  profile: number,
  now: number,
): Promise<{ id: string; name: string }[]> {
  const [{ timeZone }, stored, person] = await Promise.all([
    getWorkspace(metadata),
    metadata.audience.findMany({
      orderBy: [{ name: "asc" }, { id: "asc" }],
      include: { versions: { orderBy: { version: "desc" }, take: 1 } },
    }),
    readHistory(eventStore, profile, now),
  ]);
  const saved = stored.flatMap(({ versions, ...audience }) =>
    versions.map((version) => ({ ...audience, definition: audienceDefinition.parse(version.definition) })),
  );
  const audiences = new Map(saved.map((audience) => [audience.id, audience]));
  return saved
    .filter(
      ({ archivedAt, definition }) => archivedAt === null && evaluate(definition, person, now, { timeZone, audiences }),
    )
    .map(({ id, name }) => ({ id, name }));
}
