import type { BookEntry } from "./people-book";
import { keyAfter, type Step } from "./plan-items";
import { processRun, type StepsContext } from "./process-steps";
import type { Wanted } from "./sync-steps";

/** What somebody is told of again: whoever should be in enters, everybody else leaves. */
function stepAgain(entry: BookEntry, { people }: Pick<Wanted, "people">, syncId: string): Step {
  const { profile, key, changedAt } = entry;
  const change = people.has(profile) ? "entered" : "exited";
  return { profile, change, key: keyAfter(entry, change, syncId, key), at: changedAt };
}

/**
 * Sends those again who were put off, or whom somebody let be sent again, where it is time for that. Answers when the next one is
 * due, in milliseconds since the epoch: now where there may be more, undefined where nobody waits.
 */
export async function sendWaiting(wanted: Wanted, context: StepsContext): Promise<number | undefined> {
  const limit = context.connection.destination.tool.batchSize;
  const entries = await context.book.waiting(limit);
  const now = context.way.now().getTime();
  const isDue = ({ waits }: BookEntry) => waits !== undefined && waits.dueAt <= now;
  const due = entries.filter(isDue);
  for (const attempts of new Set(due.map(({ waits }) => waits?.attempts ?? 0))) {
    const steps = due
      .filter(({ waits }) => waits?.attempts === attempts)
      .map((entry) => stepAgain(entry, wanted, context.target.syncId));
    await processRun(steps, context, attempts + 1);
    context.way.signal.throwIfAborted();
  }
  if (due.length > 0) return now;
  return entries[0]?.waits?.dueAt;
}
