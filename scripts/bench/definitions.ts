import type { AudienceDefinition, AudienceTree } from "@/core/audience/definition";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { benchNow } from "./generate";

/** A definition as people write it, and the same as one would write it by hand: sets after `IN`. */
export interface BenchDefinition {
  name: string;
  definition: AudienceDefinition;
  /** A condition on `profile` among the people who have a userId. */
  byHand: Sql;
  /** The same for DuckDB and PostgreSQL: of `people p`, over `events` (other-engines.ts). */
  portable: string;
}

const day = 86_400_000;

const happened = (event: string, more = ""): string =>
  `SELECT profile FROM events WHERE event = '${event}' AND ts <= ${benchNow} ${more}`;
const within = (amount: number): string => `AND ts >= ${benchNow - amount * day}`;
const olderThan = (amount: number): string => `AND ts < ${benchNow - amount * day}`;
const times = (atLeast: number): string => `GROUP BY profile HAVING count(*) >= ${atLeast}`;

const did = (event: Sql, more: Sql = sql``): Sql =>
  sql`(SELECT profile FROM messages WHERE type = 'track' AND event = ${event} AND timestamp <= ${param.moment(benchNow)} ${more})`;
const since = (days: number): Sql => sql`AND timestamp >= ${param.moment(benchNow - days * day)}`;
const before = (days: number): Sql => sql`AND timestamp < ${param.moment(benchNow - days * day)}`;
const atLeast = (times: number): Sql => sql`GROUP BY profile HAVING count() >= ${param.uint32(times)}`;
const trait = (name: Sql, fits: Sql): Sql =>
  sql`(SELECT profile FROM trait_changes WHERE trait = ${name} AND timestamp <= ${param.moment(benchNow)}
    GROUP BY profile HAVING ${fits})`;
const last = sql`argMax(value, (timestamp, arrival))`;

const all = (...conditions: AudienceTree[]): AudienceDefinition => ({ version: 1, root: { kind: "all", conditions } });
const days = (amount: number) => ({ amount, unit: "day" }) as const;

const createdTwoDaysAgo = {
  kind: "event",
  event: "Account Created",
  window: { kind: "before_last", ...days(2) },
} as const;
const neverActivated = {
  kind: "event",
  event: "Activation Milestone Reached",
  count: { op: "exactly", value: 0 },
} as const;
const onTrial = { kind: "trait", trait: "plan", op: "equals", value: "trial" } as const;

export const benchDefinitions: readonly BenchDefinition[] = [
  {
    name: "Signed up more than 2 days ago, never activated, plan is trial",
    definition: all(createdTwoDaysAgo, neverActivated, onTrial),
    portable: `p.plan = 'trial' AND p.profile IN (${happened("Account Created", olderThan(2))}) AND NOT EXISTS (${happened("Activation Milestone Reached", "AND events.profile = p.profile")})`,
    byHand: sql`profile IN ${did(sql`'Account Created'`, before(2))}
      AND profile NOT IN ${did(sql`'Activation Milestone Reached'`)} AND profile IN ${trait(sql`'plan'`, sql`${last} = '"trial"'`)}`,
  },
  {
    name: "Created a task in the last 7 days",
    definition: all({ kind: "event", event: "Task Created", window: { kind: "last", ...days(7) } }),
    portable: `p.profile IN (${happened("Task Created", within(7))})`,
    byHand: sql`profile IN ${did(sql`'Task Created'`, since(7))}`,
  },
  {
    name: "Invited somebody, but nobody in the last 14 days",
    definition: all(
      { kind: "event", event: "Team Member Invited" },
      {
        kind: "event",
        event: "Team Member Invited",
        window: { kind: "last", ...days(14) },
        count: { op: "exactly", value: 0 },
      },
    ),
    portable: `p.profile IN (${happened("Team Member Invited")})
      AND NOT EXISTS (${happened("Team Member Invited", `${within(14)} AND events.profile = p.profile`)})`,
    byHand: sql`profile IN ${did(sql`'Team Member Invited'`)} AND profile NOT IN ${did(sql`'Team Member Invited'`, since(14))}`,
  },
  {
    name: "Viewed at least 3 reports in the last 30 days",
    definition: all({
      kind: "event",
      event: "Report Viewed",
      window: { kind: "last", ...days(30) },
      count: { op: "at_least", value: 3 },
    }),
    portable: `p.profile IN (${happened("Report Viewed", `${within(30)} ${times(3)}`)})`,
    byHand: sql`profile IN ${did(sql`'Report Viewed'`, sql`${since(30)} ${atLeast(3)}`)}`,
  },
  {
    name: "Commented at least 5 times, ever",
    definition: all({ kind: "event", event: "Comment Added", count: { op: "at_least", value: 5 } }),
    portable: `p.profile IN (${happened("Comment Added", times(5))})`,
    byHand: sql`profile IN ${did(sql`'Comment Added'`, atLeast(5))}`,
  },
  {
    name: "Uploaded a file from ios in the last 14 days",
    definition: all({
      kind: "event",
      event: "File Uploaded",
      where: [{ property: "source", op: "equals", value: "ios" }],
      window: { kind: "last", ...days(14) },
    }),
    portable: `p.profile IN (${happened("File Uploaded", `${within(14)} AND source = 'ios'`)})`,
    byHand: sql`profile IN ${did(sql`'File Uploaded'`, sql`${since(14)} AND JSONExtractRaw(properties, 'source') = '"ios"'`)}`,
  },
  {
    name: "Uploaded a file with an amount over 90 in the last 30 days",
    definition: all({
      kind: "event",
      event: "File Uploaded",
      where: [{ property: "amount", op: "gt", value: 90 }],
      window: { kind: "last", ...days(30) },
    }),
    portable: `p.profile IN (${happened("File Uploaded", `${within(30)} AND tenths > 900`)})`,
    byHand: sql`profile IN ${did(sql`'File Uploaded'`, sql`${since(30)} AND JSONExtractFloat(properties, 'amount') > 90`)}`,
  },
  {
    name: "Viewed reports from ios at least 2 times in the last 60 days",
    definition: all({
      kind: "event",
      event: "Report Viewed",
      where: [{ property: "source", op: "equals", value: "ios" }],
      window: { kind: "last", ...days(60) },
      count: { op: "at_least", value: 2 },
    }),
    portable: `p.profile IN (${happened("Report Viewed", `${within(60)} AND source = 'ios' ${times(2)}`)})`,
    byHand: sql`profile IN ${did(sql`'Report Viewed'`, sql`${since(60)} AND JSONExtractRaw(properties, 'source') = '"ios"' ${atLeast(2)}`)}`,
  },
  {
    name: "Amounts of viewed reports come to 100 or more in the last 30 days",
    definition: all({
      kind: "event",
      event: "Report Viewed",
      window: { kind: "last", ...days(30) },
      aggregate: { fn: "sum", property: "amount", op: "gte", value: 100 },
    }),
    portable: `p.profile IN (SELECT profile FROM events WHERE event = 'Report Viewed' AND ts <= ${benchNow} ${within(30)} GROUP BY profile HAVING sum(tenths) >= 1000)`,
    byHand: sql`profile IN ${did(sql`'Report Viewed'`, sql`${since(30)} GROUP BY profile HAVING sum(toDecimal64(JSONExtractRaw(properties, 'amount'), 4)) >= 100`)}`,
  },
  {
    name: "Created a task, ever",
    definition: all({ kind: "event", event: "Task Created" }),
    portable: `p.profile IN (${happened("Task Created")})`,
    byHand: sql`profile IN ${did(sql`'Task Created'`)}`,
  },
  {
    name: "Company of 200 or more, never invited anybody",
    definition: all(
      { kind: "trait", trait: "company_size", op: "gte", value: 200 },
      { kind: "event", event: "Team Member Invited", count: { op: "exactly", value: 0 } },
    ),
    portable: `p.company_size >= 200 AND NOT EXISTS (${happened("Team Member Invited", "AND events.profile = p.profile")})`,
    byHand: sql`profile IN ${trait(sql`'company_size'`, sql`toFloat64OrZero(${last}) >= 200`)} AND profile NOT IN ${did(sql`'Team Member Invited'`)}`,
  },
  {
    name: "Did not open a project in the last 14 days",
    definition: all({
      kind: "event",
      event: "Project Opened",
      window: { kind: "last", ...days(14) },
      count: { op: "exactly", value: 0 },
    }),
    portable: `NOT EXISTS (${happened("Project Opened", `${within(14)} AND events.profile = p.profile`)})`,
    byHand: sql`profile NOT IN ${did(sql`'Project Opened'`, since(14))}`,
  },
  {
    name: "Six conditions in nested groups",
    definition: all(
      createdTwoDaysAgo,
      {
        kind: "any",
        conditions: [
          { kind: "event", event: "First Project Created" },
          { kind: "event", event: "Integration Connected", count: { op: "at_least", value: 2 } },
          {
            kind: "all",
            conditions: [
              onTrial,
              { kind: "event", event: "Team Member Invited", window: { kind: "last", ...days(30) } },
            ],
          },
        ],
      },
      neverActivated,
    ),
    portable: `p.profile IN (${happened("Account Created", olderThan(2))}) AND (p.profile IN (${happened("First Project Created")})
      OR p.profile IN (${happened("Integration Connected", times(2))})
      OR (p.plan = 'trial' AND p.profile IN (${happened("Team Member Invited", within(30))})))
      AND NOT EXISTS (${happened("Activation Milestone Reached", "AND events.profile = p.profile")})`,
    byHand: sql`profile IN ${did(sql`'Account Created'`, before(2))} AND (profile IN ${did(sql`'First Project Created'`)}
      OR profile IN ${did(sql`'Integration Connected'`, atLeast(2))}
      OR (profile IN ${trait(sql`'plan'`, sql`${last} = '"trial"'`)} AND profile IN ${did(sql`'Team Member Invited'`, since(30))}))
      AND profile NOT IN ${did(sql`'Activation Milestone Reached'`)}`,
  },
  {
    name: "Email ends with 7@example.com, activated in the last 30 days",
    definition: all(
      { kind: "trait", trait: "email", op: "ends_with", value: "7@example.com" },
      { kind: "event", event: "Activation Milestone Reached", window: { kind: "last", ...days(30) } },
    ),
    portable: `p.email LIKE '%7@example.com' AND p.profile IN (${happened("Activation Milestone Reached", within(30))})`,
    byHand: sql`profile IN ${trait(sql`'email'`, sql`endsWith(lower(JSONExtractString(${last})), '7@example.com')`)}
      AND profile IN ${did(sql`'Activation Milestone Reached'`, since(30))}`,
  },
];
