import { createHash } from "node:crypto";
import type { Person } from "../../core/api/shared";
import type { FieldMapping, IdentifierKind } from "../../core/destinations/tool";
import type { AccountsOfPeople } from "../accounts/of-people";
import { columnValue } from "../audiences/csv-columns";
import type { DeliveryItem } from "../destinations/destination";
import { profileId } from "../profiles/profile-id";
import type { Planned, Settled } from "./delivery-log";
import type { BookEntry } from "./people-book";

/** Somebody who is to be in the tool or not, from now on. */
export interface Step {
  readonly profile: number;
  readonly change: "entered" | "exited";
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export type PlannedItem = Planned<DeliveryItem>;

/** What a step comes to: a delivery, an entry in the book alone (with why nobody is told), or nothing. */
export type Plan =
  | { readonly kind: "send"; readonly planned: PlannedItem }
  | {
      readonly kind: "note";
      readonly entry: BookEntry;
      readonly skipped: { item: DeliveryItem; reason: string } | null;
    }
  | { readonly kind: "nothing" };

export interface PlanContext {
  readonly sendsEntering: boolean;
  readonly sendsLeaving: boolean;
  readonly identifier: IdentifierKind;
  readonly mapping: FieldMapping;
  /** Of the people of the steps, those who are known. */
  readonly people: ReadonlyMap<number, Person>;
  /** Theirs, where the mapping asks for something of accounts. */
  readonly accounts: AccountsOfPeople | undefined;
  readonly book: ReadonlyMap<number, BookEntry>;
  /** Who shares their identifier in the tool with somebody else who is in it. */
  readonly sharing: ReadonlySet<number>;
  /** Whether somebody is in the suppression audience. */
  isSuppressed(profile: number): boolean;
}

/** By what a tool knows a person; null for somebody who has no such name. */
export function identifierOf(person: Person | undefined, kind: IdentifierKind): string | null {
  if (person === undefined) return null;
  switch (kind) {
    case "userId":
      return person.userId;
    case "email":
      return person.email;
    case "anonymousId":
      return person.anonymousIds[0] ?? null;
    case "profileId":
      return person.id;
  }
}

export const kindWords: Readonly<Record<IdentifierKind, string>> = {
  userId: "user id",
  email: "email",
  anonymousId: "anonymous id",
  profileId: "profile id",
};

/** Traits by the names that the tool gets; those that somebody does not have are left out. */
function mappedFields(
  person: Person | undefined,
  { mapping, accounts }: Pick<PlanContext, "mapping" | "accounts">,
): Record<string, unknown> {
  if (person === undefined) return {};
  return Object.fromEntries(
    mapping.flatMap(({ from, to }) => {
      const value = columnValue(person, from, accounts?.get(person.id) ?? []);
      return value === undefined || value === null ? [] : [[to, value]];
    }),
  );
}

function itemOf(
  { profile, key, change, at }: Step,
  kind: IdentifierKind,
  value: string,
  context: PlanContext,
): DeliveryItem {
  const person = context.people.get(profile);
  return {
    key,
    change,
    at: new Date(at).toISOString(),
    profileId: profileId(profile),
    identifier: { kind, value },
    person: { userId: person?.userId ?? null, email: person?.email ?? null },
    fields: mappedFields(person, context),
  };
}

/** What a step of a person comes to, by what the tool was told of them before. */
export function planStep(step: Step, context: PlanContext): Plan {
  return step.change === "entered" ? planEntering(step, context) : planLeaving(step, context);
}

function planEntering(step: Step, context: PlanContext): Plan {
  const { profile, key, at } = step;
  const known = context.book.get(profile);
  if (known?.state === "in" || context.isSuppressed(profile)) return { kind: "nothing" };
  const kind = context.identifier;
  const value = identifierOf(context.people.get(profile), kind);
  if (value === null) {
    const entry: BookEntry = { profile, state: "missed", kind: "", identifier: "", key, changedAt: at };
    const reason = `This person has no ${kindWords[kind]}.`;
    return { kind: "note", entry, skipped: { item: itemOf(step, kind, "", context), reason } };
  }
  if (!context.sendsEntering) {
    return {
      kind: "note",
      entry: { profile, state: "in", kind, identifier: value, key, changedAt: at },
      skipped: null,
    };
  }
  return { kind: "send", planned: { profile, item: itemOf(step, kind, value, context) } };
}

function planLeaving(step: Step, context: PlanContext): Plan {
  const { profile, key, at } = step;
  const known = context.book.get(profile);
  if (known === undefined || known.state === "out") return { kind: "nothing" };
  const entry: BookEntry = { ...known, state: "out", key, changedAt: at };
  // Somebody who was being tried again may have been taken, though the answer said otherwise.
  const isThere = known.state !== "missed";
  if (!isThere || !context.sendsLeaving || known.kind === "") return { kind: "note", entry, skipped: null };
  const item = itemOf(step, known.kind, known.identifier, context);
  if (context.sharing.has(profile)) {
    return { kind: "note", entry, skipped: { item, reason: "Somebody else who is in has the same identifier." } };
  }
  return { kind: "send", planned: { profile, item } };
}

/**
 * The name of a change that no log of changes has one for, by what the book says of the person: the same where that change was begun
 * and may not have come, and another one than every change before it otherwise. `first` names it for somebody the book does not know.
 */
export function keyAfter(
  known: Pick<BookEntry, "state" | "key"> | undefined,
  change: Step["change"],
  syncId: string,
  first: string,
): string {
  if (known === undefined) return first;
  if (known.state === (change === "entered" ? "entering" : "leaving")) return known.key;
  const digest = createHash("sha256").update(`${known.key} ${change}`).digest("hex").slice(0, 32);
  return `${syncId}.${digest}`;
}

/** What the book says of somebody from before the first attempt on: cut off after it, the tool may have been told. */
export function entryBefore({ profile, item }: PlannedItem, attempts: number, now: number): BookEntry {
  const { kind, value: identifier } = item.identifier;
  const state = item.change === "entered" ? "entering" : "leaving";
  const waits = { attempts, dueAt: now };
  return { profile, state, kind, identifier, key: item.key, changedAt: Date.parse(item.at), waits };
}

/** What the book says of somebody after an attempt; undefined where that is still open. */
export function entryAfter(
  { profile, item, result, retryAt, isPutOff }: Settled<DeliveryItem>,
  attempts: number,
): BookEntry | undefined {
  if (result === "skipped" || (result === "retry" && !isPutOff)) return undefined;
  const entering = item.change === "entered";
  const after = {
    delivered: entering ? "in" : "out",
    retry: entering ? "entering" : "leaving",
    gave_up: entering ? "missed" : "stuck",
  } as const;
  const { kind, value: identifier } = item.identifier;
  return {
    profile,
    state: after[result],
    kind,
    identifier,
    key: item.key,
    changedAt: Date.parse(item.at),
    waits: retryAt === null ? undefined : { attempts, dueAt: retryAt },
  };
}
