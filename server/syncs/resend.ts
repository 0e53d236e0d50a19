import type { KeptEntry } from "./people-book";
import type { Step } from "./plan-items";
import type { Wanted } from "./sync-steps";

/** What was given up, again: whoever should be in enters, everybody else leaves. The change keeps its key. */
export function failedSteps(entries: readonly KeptEntry[], wanted: Pick<Wanted, "people">, before: Date): Step[] {
  return entries
    .filter(({ writtenAt }) => writtenAt < before.getTime())
    .map(({ profile, state, key, changedAt }) => {
      const change = wanted.people.has(profile) ? "entered" : "exited";
      const isSame = (state === "missed") === (change === "entered");
      return { profile, change, key: isSame ? key : `${key}.again`, at: changedAt };
    });
}
