import * as z from "zod";
import { evaluate } from "@/core/audience/evaluate";
import { neededHistory } from "@/core/audience/needed-history";
import type { Person } from "@/core/audience/person";
import { audienceContext } from "@/server/audiences/context";
import { param, sql } from "@/server/event-store/sql";
import { identityKey } from "@/server/ingest/identity-set";
import { decidingKey } from "@/server/ingest/part-history";
import { identifiersOfPerson, type RankedIdentifier } from "@/server/ingest/person-identifiers";
import { readNeededHistory } from "@/server/profiles/read-person";
import type { Services } from "@/server/services";

const messageRow = z.strictObject({ arrival: z.int(), moment: z.int(), deciding: z.string() });
type MessageRow = z.infer<typeof messageRow>;

/** A person, or what one would become, as far as audiences and a preview look at them. */
export interface Subject {
  readonly identifiers: readonly RankedIdentifier[];
  readonly messages: readonly MessageRow[];
  readonly person: Person;
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
    const [identifiers, messages, person] = await Promise.all([
      identifiersOfPerson(eventStore, profile),
      eventStore.query(
        sql`SELECT arrival, toUnixTimestamp64Milli(timestamp) AS moment, ${decidingKey} AS deciding FROM messages
          WHERE profile = ${param.uint32(profile)}`,
        messageRow,
      ),
      readNeededHistory(eventStore, profile, this.context.now, needed),
    ]);
    return { identifiers, messages, person };
  }

  /** The saved audiences that somebody is in, by name. */
  audiencesOf({ person, messages }: Subject): { id: string; name: string }[] {
    if (messages.length === 0) return [];
    return this.saved.filter(({ id }) => {
      const definition = this.context.audiences.get(id)?.definition;
      return definition !== undefined && evaluate(definition, person, this.context.now, this.context);
    });
  }
}

/** Two people as one, shown as the first. */
export function joined(one: Subject, other: Subject): Subject {
  return {
    identifiers: [...one.identifiers, ...other.identifiers],
    messages: [...one.messages, ...other.messages],
    person: {
      userId: one.person.userId ?? other.person.userId,
      anonymousIds: [...one.person.anonymousIds, ...other.person.anonymousIds].sort(),
      messages: [...one.person.messages, ...other.person.messages].sort(byOrder),
      memberships: [...(one.person.memberships ?? []), ...(other.person.memberships ?? [])],
    },
  };
}

/** One part of a person: those of the messages that its identifiers decide. */
export function partOf(whole: Subject, identifiers: readonly RankedIdentifier[]): Subject {
  const keys = new Set(identifiers.map(identityKey));
  const messages = whole.messages.filter(({ deciding }) => keys.has(deciding));
  const arrivals = new Set(messages.map(({ arrival }) => arrival));
  const first = messages.reduce((least, { moment }) => Math.min(least, moment), Number.POSITIVE_INFINITY);
  return {
    identifiers,
    messages,
    person: {
      userId: identifiers.find(({ kind }) => kind === "user")?.id ?? null,
      anonymousIds: identifiers
        .filter(({ kind }) => kind === "anonymous")
        .map(({ id }) => id)
        .sort(),
      // What stands for a person's first message has an arrival before all.
      messages: whole.person.messages
        .filter(({ arrival }) => arrival < 0 || arrivals.has(arrival))
        .map((message) => (message.arrival < 0 ? { ...message, timestamp: first } : message))
        .sort(byOrder),
      memberships: (whole.person.memberships ?? []).filter(({ joined: call }) => arrivals.has(call.arrival)),
    },
  };
}

function byOrder(one: Person["messages"][number], other: Person["messages"][number]): number {
  return one.timestamp - other.timestamp || one.arrival - other.arrival;
}
