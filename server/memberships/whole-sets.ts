import { type CompileContext, compileAudience } from "@/server/audiences/compile/compile";
import { readSets } from "@/server/audiences/compile/set-reader";
import type { EventStore } from "@/server/event-store/event-store";
import type { PeopleBits } from "@/server/event-store/people-bits";
import type { TrackedAudience } from "./tracked-audience";

/** Who would have to enter and to leave for a log to say what everybody's history says. */
export interface Difference {
  readonly entered: PeopleBits;
  readonly exited: PeopleBits;
}

/** Finds everybody in an audience as of the context's moment, from scratch, and compares with who is in by the log. */
export async function differenceOf(
  eventStore: EventStore,
  { definition }: TrackedAudience,
  context: CompileContext,
  known: PeopleBits,
  signal: AbortSignal,
): Promise<Difference> {
  const { members } = compileAudience(definition, context);
  const [found] = await readSets(eventStore, [members], { signal });
  if (!found) throw new Error("One set was asked for");
  return { entered: found.without(known), exited: known.without(found) };
}
