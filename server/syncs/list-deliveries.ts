import * as z from "zod";
import { type Delivery, deliveryChanges, deliveryResults } from "../../core/api/syncs";
import { identifierKinds } from "../../core/destinations/tool";
import { AppError } from "../../core/errors";
import type { EventStore } from "../event-store/event-store";
import { join, param, type Sql, sql } from "../event-store/sql";
import { profileId, profileNumber } from "../profiles/profile-id";

const defaultLimit = 50;

const deliveryRow = z.strictObject({
  sync: z.string(),
  destination: z.string(),
  profile: z.int(),
  key: z.string(),
  batch: z.string(),
  change: z.enum(deliveryChanges),
  changedAt: z.string(),
  sentAt: z.string(),
  attempt: z.int(),
  result: z.enum(deliveryResults),
  reason: z.string(),
  retryAt: z.string().nullable(),
  kind: z.enum(identifierKinds),
  identifier: z.string(),
  fields: z.string(),
});
const fieldsShape = z.record(z.string(), z.unknown());

interface DeliveriesQuery {
  syncIds?: readonly string[] | undefined;
  destinationId?: string | undefined;
  person?: string | undefined;
  result?: Delivery["result"] | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** The delivery log, the latest first. Errors: `invalid` for a cursor that no page was answered with. */
export async function listDeliveries(
  eventStore: EventStore,
  query: DeliveriesQuery,
  options: { signal?: AbortSignal } = {},
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  const { limit = defaultLimit } = query;
  const rows = await eventStore.query(
    sql`SELECT toString(sync) AS sync, toString(destination) AS destination, profile, key, batch, toString(change) AS change,
        changed_at AS changedAt, at AS sentAt, attempt, toString(result) AS result, reason, retry_at AS retryAt,
        toString(identifier_kind) AS kind, identifier, fields
      FROM deliveries WHERE ${await whereOf(eventStore, query)}
      ORDER BY deliveries.at DESC, key DESC, sync DESC LIMIT ${param.uint32(limit + 1)}`,
    deliveryRow,
    options,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ sync, destination, profile, sentAt, kind, identifier, fields, ...row }) => ({
      ...row,
      syncId: sync,
      destinationId: destination,
      profileId: profileId(profile),
      at: sentAt,
      identifier: { kind, value: identifier },
      fields: fieldsShape.parse(JSON.parse(fields)),
    })),
    nextCursor: rows.length > limit && last ? `${Date.parse(last.sentAt)} ${last.key}` : null,
  };
}

const numberRow = z.strictObject({ profile: z.int() });

async function whereOf(
  eventStore: EventStore,
  { syncIds, destinationId, person, result, cursor }: DeliveriesQuery,
): Promise<Sql> {
  const parts = [sql`1`];
  if (syncIds !== undefined) parts.push(sql`sync IN ${param.strings(syncIds)}`);
  if (destinationId !== undefined) parts.push(sql`destination = ${param.string(destinationId)}`);
  if (result !== undefined) parts.push(sql`result = ${param.string(result)}`);
  if (person !== undefined) {
    const number = profileNumber(person);
    parts.push(
      number === undefined
        ? sql`identifier = ${param.string(person)}`
        : sql`(profile IN ${param.uint32s(await numbersOf(eventStore, number))} OR identifier = ${param.string(person)})`,
    );
  }
  if (cursor !== undefined) {
    const [, moment, key] = /^(\d{1,14}) (.{1,300})$/s.exec(cursor) ?? [];
    if (moment === undefined || key === undefined) {
      throw new AppError("invalid", "This cursor is not one that a page was answered with.", "cursor");
    }
    parts.push(sql`(deliveries.at, key) < (${param.moment(Number(moment))}, ${param.string(key)})`);
  }
  return join(parts, sql` AND `);
}

/** A person's number with those that were joined into it. */
async function numbersOf(eventStore: EventStore, profile: number): Promise<number[]> {
  const rows = await eventStore.query(
    sql`SELECT DISTINCT profile FROM profile_merges WHERE into = ${param.uint32(profile)}`,
    numberRow,
  );
  return [profile, ...rows.map((row) => row.profile)];
}

const requestRow = z.strictObject({
  sentAt: z.string(),
  attempt: z.int(),
  people: z.int(),
  method: z.string(),
  url: z.string(),
  request: z.string(),
  status: z.int(),
  answer: z.string(),
  milliseconds: z.int(),
});

/** The requests of one batch, in the order in which they went out. Errors: `not_found`. */
export async function listRequests(eventStore: EventStore, batch: string, options: { signal?: AbortSignal } = {}) {
  const rows = await eventStore.query(
    sql`SELECT at AS sentAt, attempt, people, toString(method) AS method, url, request, status, answer, milliseconds
      FROM delivery_requests WHERE batch = ${param.string(batch)} ORDER BY delivery_requests.at LIMIT 1000`,
    requestRow,
    options,
  );
  if (rows.length === 0) throw new AppError("not_found", "Nothing was sent under this name.", "id");
  return rows.map(({ sentAt, ...row }) => ({ at: sentAt, ...row }));
}
