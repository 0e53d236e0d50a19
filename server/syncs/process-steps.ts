import { createHash } from "node:crypto";
import type { Person } from "../../core/api/shared";

import { accountsOfPeople } from "../accounts/of-people";
import { accountTraitsFor } from "../audiences/csv-columns";
import type { Connection } from "../destinations/connection";
import type { DeliveryItem, SyncTarget } from "../destinations/destination";
import type { EventStore } from "../event-store/event-store";
import { readPeople } from "../profiles/people";
import { type DeliveryWay, deliverAll } from "./deliver";
import type { DeliveryLog, Settled } from "./delivery-log";
import type { PeopleBook } from "./people-book";
import { entryAfter, entryBefore, type Plan, type PlannedItem, planStep, type Step } from "./plan-items";

export interface StepsContext {
  /** As everybody sees it; people are read here. */
  readonly eventStore: EventStore;
  readonly book: PeopleBook;
  readonly log: DeliveryLog;
  readonly connection: Connection;
  readonly sendsEntering: boolean;
  readonly sendsLeaving: boolean;
  isSuppressed(profile: number): boolean;
  readonly target: SyncTarget<unknown>;
  readonly way: Omit<DeliveryWay<DeliveryItem>, "onAttempt" | "connection" | "send" | "putsOff">;
}

/** Steps in order, cut where a person comes again or a request is full. */
export function runsOf(steps: readonly Step[], most: number): Step[][] {
  const runs: Step[][] = [];
  let run: Step[] = [];
  let seen = new Set<number>();
  for (const step of steps) {
    if (seen.has(step.profile) || run.length >= most) {
      runs.push(run);
      run = [];
      seen = new Set();
    }
    run.push(step);
    seen.add(step.profile);
  }
  return run.length === 0 ? runs : [...runs, run];
}

/** Items in order, cut where an identifier comes again: two people may have one, and its order counts in the tool. */
function withoutRepeats(items: readonly PlannedItem[]): PlannedItem[][] {
  const parts: PlannedItem[][] = [];
  let part: PlannedItem[] = [];
  let seen = new Set<string>();
  for (const planned of items) {
    const name = `${planned.item.identifier.kind} ${planned.item.identifier.value}`;
    if (seen.has(name)) {
      parts.push(part);
      part = [];
      seen = new Set();
    }
    part.push(planned);
    seen.add(name);
  }
  return part.length === 0 ? parts : [...parts, part];
}

/** What some people are read for, by number. */
async function peopleOf(
  eventStore: EventStore,
  profiles: readonly number[],
  { mapping }: Pick<Connection, "mapping">,
  now: Date,
): Promise<Map<number, Person>> {
  const traits = mapping.flatMap(({ from }) => [from, from.split(".", 1).join()]);
  const sorted = [...new Set(profiles)].sort((one, other) => one - other);
  const people = await readPeople(eventStore, sorted, now.getTime(), { traits: [...new Set(traits)] });
  return new Map(people.map((person) => [Number(person.id.slice(1)), person]));
}

/** What each step of one run comes to. */
export async function planRun(
  run: readonly Step[],
  context: Pick<StepsContext, "eventStore" | "book" | "connection" | "sendsEntering" | "sendsLeaving" | "isSuppressed">,
  now: Date,
): Promise<Plan[]> {
  const profiles = run.map(({ profile }) => profile);
  const ofAccounts = accountTraitsFor(context.connection.mapping.map(({ from }) => from));
  const [people, accounts, book] = await Promise.all([
    peopleOf(context.eventStore, profiles, context.connection, now),
    ofAccounts && accountsOfPeople(context.eventStore, profiles, now.getTime(), ofAccounts),
    context.book.entriesOf(profiles),
  ]);
  const leaving = run.flatMap(({ profile, change }) => {
    const entry = book.get(profile);
    return change === "exited" && entry !== undefined ? [entry] : [];
  });
  const sharing = await context.book.sharing(leaving);
  const { identifier, mapping } = context.connection;
  const { sendsEntering, sendsLeaving } = context;
  const entering = new Set<string>();
  return run.map((step) => {
    const entry = book.get(step.profile);
    const isTaken = entry !== undefined && entering.has(`${entry.kind} ${entry.identifier}`);
    const plan = planStep(step, {
      sendsEntering,
      sendsLeaving,
      identifier,
      mapping,
      people,
      accounts,
      book,
      sharing: isTaken && step.change === "exited" ? new Set([...sharing, step.profile]) : sharing,
      isSuppressed: (profile) => context.isSuppressed(profile),
    });
    if (plan.kind === "send" && step.change === "entered") {
      const { kind, value } = plan.planned.item.identifier;
      entering.add(`${kind} ${value}`);
    }
    return plan;
  });
}

/** The same for the very same items. */
function batchKey(items: readonly DeliveryItem[]): string {
  return createHash("sha256")
    .update(items.map(({ key }) => key).join("\n"))
    .digest("hex")
    .slice(0, 32);
}

/**
 * Sends one run and writes down what became of it; resolves once all of that is stored. `first` is the number of the first attempt.
 */
export async function processRun(run: readonly Step[], context: StepsContext, first = 1): Promise<void> {
  const { way, connection, book, log, target } = context;
  const plans = await planRun(run, context, way.now());
  await note(plans, context);
  const items = plans.flatMap((plan) => (plan.kind === "send" ? [plan.planned] : []));
  for (const part of withoutRepeats(items)) {
    const deliveries: DeliveryWay<DeliveryItem> = {
      ...way,
      connection,
      putsOff: true,
      send: (some, tools) =>
        connection.destination.deliver({ key: batchKey(some), target, items: some }, connection.settings, tools),
      async onAttempt(settled, exchanges, attempt) {
        const now = way.now().getTime();
        await log.write(settled, exchanges, { attempt, now });
        await book.write(
          settled.flatMap((one) => entryAfter(one, attempt) ?? []),
          now,
        );
      },
    };
    const now = way.now().getTime();
    // Whoever has changed again when the run is begun again is told so by this alone, and by a change of another name.
    await book.write(
      part.map((planned) => entryBefore(planned, first - 1, now)),
      now,
    );
    await deliverAll(part, deliveries, first);
  }
}

/** What is told to nobody. */
async function note(plans: readonly Plan[], { book, log, way }: StepsContext): Promise<void> {
  const notes = plans.flatMap((plan) => (plan.kind === "note" ? [plan] : []));
  if (notes.length === 0) return;
  const now = way.now().getTime();
  const skipped = notes.flatMap(({ entry: { profile }, skipped }): Settled[] =>
    skipped === null
      ? []
      : [{ item: skipped.item, profile, result: "skipped", reason: skipped.reason, retryAt: null, isPutOff: false }],
  );
  await log.write(skipped, [], { attempt: 0, now });
  await book.write(
    notes.map(({ entry }) => entry),
    now,
  );
}
