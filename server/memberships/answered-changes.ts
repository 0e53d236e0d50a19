import type { MembershipChange } from "@/core/api/memberships";
import { reasonPhrases } from "@/core/audience/describe/change-reason";
import { spaced } from "@/core/audience/describe/phrase";
import { audienceContext } from "@/server/audiences/context";
import { liveNumbers } from "@/server/profiles/resolve";
import type { Services } from "@/server/services";
import { changeFacts } from "./change-facts";
import { meaningsOf } from "./meanings";
import type { RecordedChange } from "./read-changes";

type Stores = Pick<Services, "eventStore" | "metadata" | "now">;

/** Changes of one audience as the API answers them, each with its reason in words. */
export async function answeredChanges(
  stores: Stores,
  audienceId: string,
  changes: readonly RecordedChange[],
): Promise<MembershipChange[]> {
  if (changes.length === 0) return [];
  const reasons = await reasonsOf(
    stores,
    changes.map((change) => ({ ...change, audienceId })),
  );
  return changes.map(({ profile: _, ...change }, index) => ({
    ...change,
    cursor: String(change.cursor),
    anonymousIds: [...change.anonymousIds],
    at: new Date(change.at).toISOString(),
    recordedAt: new Date(change.recordedAt).toISOString(),
    reason: reasons[index]?.reason ?? [],
    isDeleted: reasons[index]?.isDeleted ?? false,
  }));
}

type ReasonedChange = Pick<RecordedChange, "profile" | "at" | "recordedAt" | "cause" | "messageId"> & {
  readonly audienceId: string;
};

/** Why each of these changes, of whichever audiences, came about, in their order. */
export async function reasonsOf(
  { eventStore, metadata, now }: Stores,
  changes: readonly ReasonedChange[],
): Promise<Pick<MembershipChange, "reason" | "isDeleted">[]> {
  const [context, lives] = await Promise.all([
    audienceContext({ metadata }, now().getTime()),
    liveNumbers(
      eventStore,
      changes.map(({ profile }) => profile),
    ),
  ]);
  const ids = [...new Set(changes.map(({ audienceId }) => audienceId))];
  const meanings = new Map(
    await Promise.all(ids.map(async (id) => [id, await meaningsOf(metadata, id, context)] as const)),
  );
  const toExplain = changes.flatMap((change) => {
    const meaning = meanings.get(change.audienceId)?.(change.recordedAt);
    return meaning ? [{ change, live: lives.get(change.profile) ?? change.profile, meaning }] : [];
  });
  const facts = await changeFacts(eventStore, toExplain, context.timeZone);
  return facts.map((fact, index) => ({
    reason: spaced(reasonPhrases(fact)).map(({ role, text }) => ({ role, text })),
    isDeleted: toExplain[index]?.live === 0,
  }));
}
