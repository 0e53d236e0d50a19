import * as z from "zod";
import type { DeliveryItem, Outcome } from "../destination";
import { delivered } from "../in-turn";

const names = z.array(z.string()).default([]);

/** How Iterable answers a call for many: who failed, by kind of fault, once by email and once by user id. */
export const bulkAnswer = z.object({
  invalidEmails: names,
  invalidUserIds: names,
  disallowedEventNames: names,
  failedUpdates: z.record(z.string(), z.union([names, z.unknown()])).default({}),
});

type Named = Pick<DeliveryItem, "identifier"> & { readonly event?: string };

export function who({ identifier }: Named) {
  return identifier.kind === "email" ? { email: identifier.value } : { userId: identifier.value, preferUserId: true };
}

/** Why each name failed: `invalidEmails`, `forgottenUserIds` and the like. Iterable writes emails in small letters. */
function faults(answer: z.output<typeof bulkAnswer>): Map<string, string> {
  const { failedUpdates, invalidEmails, invalidUserIds } = answer;
  const found = new Map<string, string>();
  for (const [fault, failed] of Object.entries({ invalidEmails, invalidUserIds, ...failedUpdates })) {
    for (const name of names.catch([]).parse(failed)) found.set(name.toLowerCase(), fault);
  }
  return found;
}

/** One outcome for each. `absentIsDone`: somebody whom Iterable does not know is where they should be. */
export function outcomesOf(
  items: readonly Named[],
  answer: z.output<typeof bulkAnswer>,
  { absentIsDone = false } = {},
): Outcome[] {
  const failed = faults(answer);
  const disallowed = new Set(answer.disallowedEventNames);
  return items.map(({ identifier, event }) => {
    if (event !== undefined && disallowed.has(event)) {
      return { result: "gave_up", reason: `Iterable does not take events with the name ${event}.` };
    }
    const fault = failed.get(identifier.value.toLowerCase());
    if (fault === undefined || (absentIsDone && fault.startsWith("notFound"))) return delivered;
    return { result: "gave_up", reason: `Iterable refused this one (${fault}).` };
  });
}
