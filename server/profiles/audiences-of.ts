import { evaluate } from "@/core/audience/evaluate";
import { audienceContext } from "@/server/audiences/context";
import type { Services } from "@/server/services";
import { readHistory } from "./history";

/** The saved audiences, archived ones left out, that a live number is in at `now`, by name. */
export async function audiencesOf(
  services: Pick<Services, "eventStore" | "metadata">,
  profile: number,
  now: number,
): Promise<{ id: string; name: string }[]> {
  const [context, shown, person] = await Promise.all([
    audienceContext(services, now),
    services.metadata.audience.findMany({
      where: { archivedAt: null },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: { id: true, name: true },
    }),
    readHistory(services.eventStore, profile, now),
  ]);
  return shown.filter(({ id }) => {
    const definition = context.audiences.get(id)?.definition;
    return definition !== undefined && evaluate(definition, person, now, context);
  });
}
