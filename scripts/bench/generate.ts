import * as z from "zod";
import type { EventStore } from "@/server/event-store/event-store";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { deriveAgain, markDerived } from "@/server/ingest/derived-tables";

/** The moment as of which everything is asked; the history lies in the ninety days before it. */
export const benchNow = Date.UTC(2026, 10, 1);
const days = 90;
/** Messages for each person, their identify and their sign-up among them, until there are as many people as there may be. */
const messagesPerPerson = 20;
const mostPeople = 2_000_000;

const derivedRow = z.strictObject({ until: z.int() });
const counted = z.strictObject({ messages: z.int(), people: z.int() });

/** Rows of one statement: above this, the engine has been seen to lose a branch of a large INSERT … SELECT. */
const rowsPerInsert = 1_000_000;

/**
 * Fills a store, unless that was done before, with `messages` generated messages of a project-management product, the same ones at each run, and
 * checks that all have arrived. Nine of ten people have a userId. Resolves when the engine has merged what it wants to.
 */
export async function generateOnce(eventStore: EventStore, messages: number): Promise<{ people: number }> {
  const people = Math.min(mostPeople, Math.floor(messages / messagesPerPerson));
  const [stored] = await eventStore.query(sql`SELECT max(arrival) AS until FROM derived_until`, derivedRow);
  if (stored?.until === messages) {
    await settle(eventStore);
    return { people };
  }
  await inParts(people, (from, count) => eventStore.command(identitiesOf(from, count)));
  await inParts(people, (from, count) => eventStore.command(identifiesOf(from, count, people)));
  await inParts(people, (from, count) => eventStore.command(signUpsOf(from, count, people)));
  await inParts(messages - 2 * people, (from, count) => eventStore.command(activityOf(from, count, people)));
  await inParts(messages, (from, count) =>
    deriveAgain(eventStore, sql`arrival >= ${param.uint64(from)} AND arrival < ${param.uint64(from + count)}`),
  );
  await markDerived(eventStore, messages);
  const [found] = await eventStore.query(
    sql`SELECT count() AS messages, uniqExact(profile) AS people FROM messages`,
    counted,
    { heavy: true },
  );
  if (found?.messages !== messages || found.people !== people) {
    throw new Error(`Generated ${messages} messages of ${people} people, but found ${JSON.stringify(found)}`);
  }
  await settle(eventStore);
  return { people };
}

async function inParts(total: number, insert: (from: number, count: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < total; from += rowsPerInsert) await insert(from, Math.min(rowsPerInsert, total - from));
}

/** Waits until no merge has been running for two seconds. */
async function settle(eventStore: EventStore): Promise<void> {
  const row = z.strictObject({ running: z.int() });
  for (let quiet = 0; quiet < 8; quiet += 1) {
    const [merges] = await eventStore.query(sql`SELECT count() AS running FROM system.merges`, row);
    if (merges?.running !== 0) quiet = 0;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const numbers = (from: number, count: number): Sql =>
  sql`(SELECT toUInt64(number + ${param.uint64(from)}) AS n FROM numbers(${param.uint64(count)}))`;

/** Some milliseconds before `benchNow`, by a hash of the row and the share of the ninety days that is left. */
const ago = (salt: Sql, share: Sql): Sql =>
  sql`fromUnixTimestamp64Milli(toInt64(${param.int64(benchNow)} - 1 - sipHash64(n, ${salt}) % toUInt64(${param.uint64(days * 86_400_000)} * (${share}))), 'UTC')`;

const message = (fields: {
  type: Sql;
  event: Sql;
  profile: Sql;
  timestamp: Sql;
  arrival: Sql;
  properties: Sql;
  id: Sql;
}): Sql =>
  sql`${fields.type} AS type, ${fields.event} AS event, ${fields.profile} AS profile, ${fields.timestamp} AS timestamp,
    ${fields.arrival} AS arrival, ${fields.properties} AS properties,
    '{"library":{"name":"bench"},"page":{"path":"/projects"}}' AS context, concat(${fields.id}, toString(n)) AS message_id,
    if(profile % 10 = 0, '', concat('user-', toString(profile))) AS user_id,
    if(profile % 10 = 0, concat('anonymous-', toString(profile)), '') AS anonymous_id,
    'bench' AS source, timestamp AS original_timestamp, NULL AS sent_at, timestamp AS received_at, '{}' AS extra`;

const columns = sql`(type, event, profile, timestamp, arrival, properties, context, message_id, user_id, anonymous_id,
  source, original_timestamp, sent_at, received_at, extra)`;

function identitiesOf(from: number, count: number): Sql {
  return sql`INSERT INTO identities (kind, id, profile, known, version)
    SELECT if(n % 10 = 0, 'anonymous', 'user'), concat(if(n % 10 = 0, 'anonymous-', 'user-'), toString(n)), n, n % 10 != 0, n
    FROM ${numbers(from, count)}`;
}

function identifiesOf(from: number, count: number, people: number): Sql {
  const fields = message({
    type: sql`'identify'`,
    event: sql`''`,
    profile: sql`toUInt32(n)`,
    timestamp: ago(sql`1`, sql`1`),
    arrival: sql`n`,
    properties: sql`concat('{"email":"user-', toString(n), '@example.com","plan":"',
      ['trial', 'trial', 'free', 'pro', 'business'][1 + sipHash64(n, 2) % 5], '","company_size":', toString(1 + sipHash64(n, 3) % 500),
      ',"signup_date":"', formatDateTime(timestamp, '%Y-%m-%d'), '"}')`,
    id: sql`'i'`,
  });
  return sql`INSERT INTO messages ${columns} SELECT ${fields} FROM ${numbers(from, count)} WHERE n < ${param.uint64(people)}`;
}

function signUpsOf(from: number, count: number, people: number): Sql {
  const fields = message({
    type: sql`'track'`,
    event: sql`'Account Created'`,
    profile: sql`toUInt32(n)`,
    timestamp: ago(sql`1`, sql`1`),
    arrival: sql`n + ${param.uint64(people)}`,
    properties: sql`concat('{"method":"', ['google', 'password', 'sso'][1 + sipHash64(n, 4) % 3], '","invited":', if(sipHash64(n, 5) % 4 = 0, 'true', 'false'), '}')`,
    id: sql`'a'`,
  });
  return sql`INSERT INTO messages ${columns} SELECT ${fields} FROM ${numbers(from, count)} WHERE n < ${param.uint64(people)}`;
}

/** The rest: twelve events of different weight, people of different zeal, each after their sign-up. */
function activityOf(from: number, count: number, people: number): Sql {
  const fields = message({
    type: sql`if(event = 'Page', 'page', 'track')`,
    event: sql`multiIf(
      dice < 300, 'Task Created', dice < 480, 'Page', dice < 600, 'Onboarding Step Completed', dice < 700, 'Task Completed',
      dice < 780, 'Project Opened', dice < 840, 'Comment Added', dice < 880, 'First Project Created', dice < 910, 'File Uploaded',
      dice < 940, 'Team Member Invited', dice < 960, 'Report Viewed', dice < 985, 'Integration Connected', 'Activation Milestone Reached')`,
    profile: sql`toUInt32(if(sipHash64(n, 6) % 4 = 0, sipHash64(n, 7) % greatest(1, intDiv(${param.uint64(people)}, 10)), sipHash64(n, 8) % ${param.uint64(people)}))`,
    timestamp: ago(
      sql`9`,
      sql`(sipHash64(toUInt64(profile), 1) % ${param.uint64(days * 86_400_000)} + 1) / ${param.uint64(days * 86_400_000)}`,
    ),
    arrival: sql`n + ${param.uint64(2 * people)}`,
    properties: sql`multiIf(
      event = 'Onboarding Step Completed', concat('{"step_name":"', ['profile', 'project', 'invite', 'import', 'tour'][1 + sipHash64(n, 10) % 5],
        '","step_number":', toString(1 + sipHash64(n, 10) % 5), ',"time_spent":', toString(sipHash64(n, 11) % 600), '}'),
      event = 'Page', concat('{"path":"', ['/', '/pricing', '/projects', '/settings/billing', '/docs'][1 + sipHash64(n, 12) % 5], '","title":"Foothold"}'),
      concat('{"project_id":"p', toString(sipHash64(n, 13) % 100000), '","amount":', toString(sipHash64(n, 14) % 1000 / 10), ',"source":"',
        ['web', 'ios', 'android', 'api'][1 + sipHash64(n, 15) % 4], '"}'))`,
    id: sql`'e'`,
  });
  return sql`INSERT INTO messages ${columns} SELECT ${fields} FROM (SELECT n, sipHash64(n, 16) % 1000 AS dice FROM ${numbers(from, count)})`;
}
