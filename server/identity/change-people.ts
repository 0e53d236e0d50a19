import type * as identityApi from "../../core/api/identity";
import { AppError } from "../../core/errors";
import { type Actor, actorId } from "../auth/actor";
import { changeByHand } from "../ingest/hand-changes";
import type { Identifier } from "../ingest/identity-set";
import { partsOfPerson } from "../ingest/part-history";
import { identifiersOfPerson, ownerOf } from "../ingest/person-identifiers";
import { profileId } from "../profiles/profile-id";
import { resolveProfile } from "../profiles/resolve";
import type { Services } from "../services";
import { Histories, joined, partsOf, type Subject } from "./history-of";
import { readIdentity } from "./read-log";

type ReadServices = Pick<Services, "eventStore" | "metadata" | "now">;
type ChangeServices = Pick<Services, "eventStore" | "ingest">;

function sameError(): AppError {
  return new AppError("invalid", "These are the same person already.", "other");
}

async function twoPeople(
  { eventStore }: Pick<Services, "eventStore">,
  id: string,
  other: string,
): Promise<[number, number]> {
  const [one, two] = await Promise.all([resolveProfile(eventStore, id), resolveProfile(eventStore, other)]);
  if (one === two) throw sameError();
  return [one, two];
}

/** What changes when `other` becomes the person `id`. Errors: `not_found`, `invalid` for one person, `too_large`. */
export async function previewMerge(
  services: ReadServices,
  id: string,
  other: string,
): Promise<identityApi.IdentityChange> {
  const [one, two] = await twoPeople(services, id, other);
  const histories = await Histories.open(services, services.now().getTime());
  const before = await Promise.all([histories.read(one), histories.read(two)]);
  return changeOf(histories, before, [joined(...before)]);
}

/**
 * Makes `other` the person `id`, who is shown as before. Their histories are one in every figure at once.
 * Errors: `not_found`, `invalid` for one person.
 */
export async function mergePeople(
  { eventStore, ingest }: ChangeServices,
  { id, other }: { id: string; other: string },
  actor: Actor | null,
): Promise<{ id: string; profiles: string[] }> {
  const people = await twoPeople({ eventStore }, id, other);
  return ingest.changePeople(async (change) => {
    // Asked again: something may have come in between.
    const [one, two] = await Promise.all(people.map((number) => shownOf(change, number)));
    if (one === undefined || two === undefined) throw new AppError("conflict", "One of them has changed meanwhile.");
    const decided = { seq: change.seq, at: change.at, action: "joined", one, other: two } as const;
    await changeByHand(change.eventStore, decided, actorId(actor) ?? "", change.nextProfile);
    const live = await ownerOf(change.eventStore, one);
    return { id: profileId(live ?? people[0]), profiles: [profileId(live ?? people[0])] };
  });
}

async function shownOf({ eventStore }: Pick<Services, "eventStore">, profile: number): Promise<Identifier | undefined> {
  const [shown] = await identifiersOfPerson(eventStore, profile);
  return shown;
}

/** The two identifiers of a join of a person that holds. Errors: `not_found`. */
async function heldJoin(
  eventStore: Services["eventStore"],
  profile: number,
  join: string,
): Promise<readonly [Identifier, Identifier]> {
  const { log } = await readIdentity(eventStore, profile);
  const entry = log.find(({ id, holds }) => holds && id === join);
  if (entry === undefined) throw new AppError("not_found", "This join does not hold, or is another person's.", "join");
  return [entry.one, entry.other];
}

/** What changes when a join is undone. Errors: `not_found`, `too_large`. */
export async function previewSplit(
  services: ReadServices,
  id: string,
  join: string,
): Promise<identityApi.IdentityChange> {
  const profile = await resolveProfile(services.eventStore, id);
  const pair = await heldJoin(services.eventStore, profile, join);
  const [histories, parts] = await Promise.all([
    Histories.open(services, services.now().getTime()),
    partsOfPerson(services.eventStore, profile, pair),
  ]);
  const whole = await histories.read(profile);
  return changeOf(histories, [whole], partsOf(whole, parts));
}

/**
 * Undoes a join: what hung together by it alone is parted, in every figure at once, and no message joins the two identifiers
 * again. Errors: `not_found`.
 */
export async function splitPerson(
  { eventStore, ingest }: ChangeServices,
  { id, join }: { id: string; join: string },
  actor: Actor | null,
): Promise<{ id: string; profiles: string[] }> {
  const profile = await resolveProfile(eventStore, id);
  return ingest.changePeople(async (change) => {
    const [one, other] = await heldJoin(change.eventStore, profile, join);
    const decided = { seq: change.seq, at: change.at, action: "undone", one, other } as const;
    await changeByHand(change.eventStore, decided, actorId(actor) ?? "", change.nextProfile);
    const main = await resolveProfile(change.eventStore, profileId(profile));
    const owners = await Promise.all([one, other].map((identifier) => ownerOf(change.eventStore, identifier)));
    const numbers = new Set([main, ...owners.flatMap((owner) => owner ?? [])]);
    return { id: profileId(main), profiles: [...numbers].map(profileId) };
  });
}

function changeOf(
  histories: Histories,
  before: readonly Subject[],
  after: readonly Subject[],
): identityApi.IdentityChange {
  const [old, fresh] = [before, after].map((people) =>
    people.map((subject) => ({
      identifiers: subject.identifiers.map(({ kind, id }) => ({ kind, id })),
      messages: subject.messages.length,
      audiences: histories.audiencesOf(subject),
    })),
  );
  const count = (people: typeof old = [], audience: string) =>
    people.filter(({ audiences }) => audiences.some(({ id }) => id === audience)).length;
  const audiences = histories.saved
    .map(({ id, name }) => ({ id, name, before: count(old, id), after: count(fresh, id) }))
    .filter((audience) => audience.before !== audience.after);
  return { before: old ?? [], after: fresh ?? [], audiences };
}
