import type { AudienceDefinition } from "@/core/audience/definition";
import { evaluate } from "@/core/audience/evaluate";
import { neededHistory } from "@/core/audience/needed-history";
import { AppError } from "@/core/errors";
import { compileAudience } from "@/server/audiences/compile/compile";
import { readSets } from "@/server/audiences/compile/set-reader";
import { audienceContext } from "@/server/audiences/context";
import type { Services } from "@/server/services";
import { readNeededHistory } from "./read-person";

type Context = Awaited<ReturnType<typeof audienceContext>>;

/** The saved audiences, archived ones left out, that a live number is in at `now`, by name. `most` is how many messages are held. */
export async function audiencesOf(
  services: Pick<Services, "eventStore" | "metadata">,
  profile: number,
  now: number,
  options: { most?: number } = {},
): Promise<{ id: string; name: string }[]> {
  const [context, shown] = await Promise.all([
    audienceContext(services, now),
    services.metadata.audience.findMany({
      where: { archivedAt: null },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: { id: true, name: true },
    }),
  ]);
  if (shown.length === 0) return [];
  const isIn = await membership(services, profile, context, shown, options);
  const verdicts = await Promise.all(shown.map(({ id }) => isIn(context.audiences.get(id)?.definition)));
  return shown.filter((_, index) => verdicts[index]);
}

/** Asks the person's history, read once for all audiences; where that is too long to hold, the engine. */
async function membership(
  { eventStore }: Pick<Services, "eventStore">,
  profile: number,
  context: Context,
  shown: readonly { id: string }[],
  options: { most?: number },
): Promise<(definition: AudienceDefinition | undefined) => boolean | Promise<boolean>> {
  const conditions = shown.map(({ id }) => ({ kind: "audience" as const, audienceId: id, member: true }));
  const needed = neededHistory({ version: 1, root: { kind: "any", conditions } }, context.audiences);
  try {
    const person = await readNeededHistory(eventStore, profile, context.now, needed, options);
    return (definition) => definition !== undefined && evaluate(definition, person, context.now, context);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "too_large") throw error;
  }
  return async (definition) => {
    if (definition === undefined) return false;
    const [members] = await readSets(eventStore, [compileAudience(definition, context).members]);
    return members?.has(profile) ?? false;
  };
}
