import * as z from "zod";
import { evaluate } from "@/core/audience/evaluate";
import { neededHistory } from "@/core/audience/needed-history";
import type { Person } from "@/core/audience/person";
import type { GroupCall } from "@/core/audience/with-accounts";
import { AppError } from "@/core/errors";
import { audienceContext } from "@/server/audiences/context";
import { param, sql } from "@/server/event-store/sql";
import { identityKey } from "@/server/ingest/identity-set";
import { decidingKey } from "@/server/ingest/part-history";
import { identifiersOfPerson, type RankedIdentifier } from "@/server/ingest/person-identifiers";
import type { NumberedPerson } from "@/server/profiles/needed-history";
import { type Circle, memberOf, readCircleHistories } from "@/server/profiles/read-person";
import type { Services } from "@/server/services";

const messageRow = z.strictObject({ arrival: z.int(), moment: z.int(), deciding: z.string() });
type MessageRow = z.infer<typeof messageRow>;

/** A person, or what one would become, as far as audiences and a preview look at them. */
export interface Subject {
  readonly identifiers: readonly RankedIdentifier[];
  readonly messages: readonly MessageRow[];
  /** The number under which they stand in their circle. */
  readonly number: number;
  readonly circle: Circle;
}

/** What a preview of a change needs: people's histories, and who is in which saved audience. */
export class Histories {
  private constructor(
    readonly services: Pick<Services, "eventStore">,
    readonly context: Awaited<ReturnType<typeof audienceContext>>,
    readonly saved: readonly { id: string; name: string }[],
  ) {}

  static async open(services: Pick<Services, "eventStore" | "metadata">, now: number): Promise<Histories> {
    const [context, saved] = await Promise.all([
      audienceContext(services, now),
      services.metadata.audience.findMany({
        where: { archivedAt: null },
        orderBy: [{ name: "asc" }, { id: "asc" }],
        select: { id: true, name: true },
      }),
    ]);
    return new Histories(services, context, saved);
  }

  /** A live number as it is. Errors: `not_found`, `too_large` for a history past all bounds. */
  async read(profile: number): Promise<Subject> {
    const { eventStore } = this.services;
    const conditions = this.saved.map(({ id }) => ({ kind: "audience" as const, audienceId: id, member: true }));
    const needed = neededHistory({ version: 1, root: { kind: "any", conditions } }, this.context.audiences);
    const [identifiers, messages, circle] = await Promise.all([
      identifiersOfPerson(eventStore, profile),
      eventStore.query(
        sql`SELECT arrival, toUnixTimestamp64Milli(timestamp) AS moment, ${decidingKey} AS deciding FROM messages
          WHERE profile = ${param.uint32(profile)}`,
        messageRow,
      ),
      readCircleHistories(eventStore, profile, this.context.now, needed),
    ]);
    return { identifiers, messages, number: profile, circle };
  }

  /** The saved audiences that somebody is in, by name. */
  audiencesOf({ number, circle, messages }: Subject): { id: string; name: string }[] {
    if (messages.length === 0) return [];
    const person = memberOf(circle, number);
    return this.saved.filter(({ id }) => {
      const definition = this.context.audiences.get(id)?.definition;
      return definition !== undefined && evaluate(definition, person, this.context.now, this.context);
    });
  }
}

/** Two people as one, shown as the first, also to whoever is in an account with either. */
export function joined(one: Subject, other: Subject): Subject {
  const [first, second] = [ownOf(one), ownOf(other)];
  const both = [one, other];
  const numbers = both.map(({ number }) => number);
  const others = new Map(
    both.flatMap(({ circle }) => circle.people.map((person) => [person.profile, person] as const)),
  );
  const own: NumberedPerson = {
    ...first,
    userId: first.userId ?? second.userId,
    anonymousIds: [...first.anonymousIds, ...second.anonymousIds].sort(),
    messages: [...first.messages, ...second.messages].sort(byOrder),
  };
  const callsOf = (people: readonly number[]) => {
    const calls = both.flatMap(({ circle }) => people.flatMap((person) => circle.callsOf(person)));
    const distinct = new Map(calls.map((call) => [call.message.arrival, call]));
    return [...distinct.values()].sort((call, next) => byOrder(call.message, next.message));
  };
  return {
    identifiers: [...one.identifiers, ...other.identifiers],
    messages: [...one.messages, ...other.messages],
    number: one.number,
    circle: {
      people: [own, ...[...others.values()].filter(({ profile }) => !numbers.includes(profile))],
      callsOf: (profile) => callsOf(profile === one.number ? numbers : [profile]),
    },
  };
}

/** A person in parts, each of the messages that its identifiers decide; they stay in their accounts side by side. */
export function partsOf(whole: Subject, parts: readonly (readonly RankedIdentifier[])[]): Subject[] {
  const person = ownOf(whole);
  const shared = parts.map((identifiers, index) => {
    const keys = new Set(identifiers.map(identityKey));
    const messages = whole.messages.filter(({ deciding }) => keys.has(deciding));
    const arrivals = new Set(messages.map(({ arrival }) => arrival));
    // Numbers that nobody has.
    const number = -1 - index;
    const calls = whole.circle.callsOf(whole.number).filter(({ message }) => arrivals.has(message.arrival));
    return { identifiers, messages, number, calls, own: partOf(person, number, identifiers, messages, arrivals) };
  });
  const callsOf = new Map(shared.map(({ number, calls }): [number, readonly GroupCall[]] => [number, calls]));
  const circle: Circle = {
    people: [...shared.map(({ own }) => own), ...whole.circle.people.filter(({ profile }) => profile !== whole.number)],
    callsOf: (profile) => callsOf.get(profile) ?? whole.circle.callsOf(profile),
  };
  return shared.map(({ identifiers, messages, number }) => ({ identifiers, messages, number, circle }));
}

function partOf(
  whole: NumberedPerson,
  profile: number,
  identifiers: readonly RankedIdentifier[],
  messages: readonly MessageRow[],
  arrivals: ReadonlySet<number>,
): NumberedPerson {
  const first = messages.reduce((least, { moment }) => Math.min(least, moment), Number.POSITIVE_INFINITY);
  return {
    profile,
    userId: identifiers.find(({ kind }) => kind === "user")?.id ?? null,
    anonymousIds: identifiers.flatMap(({ kind, id }) => (kind === "anonymous" ? [id] : [])).sort(),
    // What stands for a person's first message has an arrival before all.
    messages: whole.messages
      .filter(({ arrival }) => arrival < 0 || arrivals.has(arrival))
      .map((message) => (message.arrival < 0 ? { ...message, timestamp: first } : message))
      .sort(byOrder),
  };
}

function ownOf({ number, circle }: Subject): NumberedPerson {
  const own = circle.people.find(({ profile }) => profile === number);
  if (!own) throw new AppError("not_found", `There is no person with the id p${number}.`, "id");
  return own;
}

function byOrder(one: Person["messages"][number], other: Person["messages"][number]): number {
  return one.timestamp - other.timestamp || one.arrival - other.arrival;
}
