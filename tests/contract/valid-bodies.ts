import { formatPath } from "@/core/errors";

const definition = {
  version: 1,
  root: {
    kind: "all",
    conditions: [
      {
        kind: "event",
        event: "Account Created",
        where: [{ property: "plan.name", op: "equals_any", value: ["trial", 1, true] }],
        window: { kind: "before_last", amount: 2, unit: "day" },
        count: { op: "at_least", value: 1 },
      },
      {
        kind: "not",
        condition: { kind: "trait", trait: "plan", op: "within_last", value: { amount: 1, unit: "hour" } },
      },
      { kind: "any", conditions: [{ kind: "trait", trait: "seats", op: "between", value: [1, 5] }] },
    ],
  },
  includeAnonymous: true,
};
const funnel = {
  steps: [
    { event: "Account Created", label: "Signed up" },
    { event: "First Project Created", type: "track", where: [{ context: "page.path", op: "contains", value: "/p" }] },
  ],
  window: { amount: 7, unit: "day" },
  range: { from: "2026-01-01T00:00:00Z", to: "2026-02-01" },
  definition,
};
const asOf = "2026-03-01T12:00:00.000Z";

const plan = {
  version: 1,
  rules: [
    {
      type: "track",
      event: "Account Created",
      description: "Signed up",
      onViolation: "block",
      unplannedProperties: "violation",
      properties: [
        {
          name: "plan",
          description: "Which",
          required: true,
          types: ["string", "null"],
          values: ["trial", 1, true, null],
          pattern: "^t",
          minimum: 0,
          maximum: 1.5,
          properties: [{ name: "name" }],
          items: { types: ["string"] },
        },
      ],
    },
  ],
};

/** One body that each endpoint takes, with as many of its fields as there are. */
export const validBodies: Readonly<Record<string, unknown>> = {
  "POST /api/audiences/preview": { definition, asOf, limit: 10, conditions: true },
  "POST /api/audiences/compare": { before: definition, after: definition, asOf, limit: 10 },
  "POST /api/audiences/history": { definition, days: 2, asOf },
  "POST /api/audiences/breakdown": { definition, trait: "plan.name", asOf, limit: 10 },
  "POST /api/audiences/overlap": { definition, audienceIds: ["x"], asOf },
  "POST /api/audiences/:id/restore": { version: 1, note: "As it was" },
  "POST /api/funnels/:id/restore": { version: 1, note: "As it was" },
  "POST /api/audiences/counts": { audienceIds: ["x"], asOf },
  "POST /api/audiences/:id/members-link": {
    columns: ["userId", "plan"],
    format: "csv",
    expiresIn: 3_600,
    asOf,
  },
  "POST /api/audiences": { name: "Stuck", description: "Signed up, never activated", tags: ["trial"], definition },
  "PATCH /api/audiences/:id": {
    name: "Stuck",
    description: "",
    tags: ["trial"],
    definition,
    note: "Shorter",
    archived: false,
  },
  "POST /api/profiles/:id/explain": { definition, asOf },
  "POST /api/profiles/:id/merge/preview": { other: "p2" },
  "POST /api/profiles/:id/merge": { other: "p2" },
  "POST /api/profiles/:id/split/preview": { join: "1.0" },
  "POST /api/profiles/:id/split": { join: "1.0" },
  "POST /api/duplicates/dismiss": { people: ["p1", "p2"] },
  "POST /api/suppressions": { kind: "user", id: "u-1" },
  "POST /api/suppressions/lift": { kind: "user", id: "u-1" },
  "PATCH /api/identity/rules": {
    blocked: ["null"],
    email: true,
    external: ["phone"],
    limits: { anonymous: 100, email: 5, external: null },
  },
  "POST /api/funnels/preview": { funnel, asOf },
  "POST /api/funnels/people": { funnel, step: 1, outcome: "dropped", asOf, limit: 10, cursor: "x" },
  "POST /api/funnels": { name: "Activation", description: "", funnel },
  "PATCH /api/funnels/:id": { name: "Activation", description: "", funnel, note: "Shorter", archived: true },
  "PATCH /api/workspace": { name: "Ours", timeZone: "Europe/London", environment: "production" },
  "POST /api/workspaces": { name: "Staging", timeZone: "Europe/London", environment: "staging" },
  "PATCH /api/workspaces/:id": { name: "Staging", timeZone: "Europe/London", environment: "staging" },
  "POST /api/tokens": { name: "CI" },
  "PATCH /api/tracking-plan": { definition: plan, base: 0, note: "First" },
  "PATCH /api/tracking-plan/sources/:id": { checked: true, violations: "drop", unplannedEvents: "block" },
  "POST /api/tracking-plan/restore": { version: 1, note: "As it was" },
  "POST /api/tracking-plan/read": { plan },
  "POST /api/debugger/replay": { reason: { verdict: "blocked", code: "blocked_by_plan", sourceId: "x" } },
  "POST /api/sources": {
    name: "Website",
    kind: "browser",
    environment: "staging",
    rateLimit: { perSecond: 1_000, burst: 10_000 },
  },
  "PATCH /api/sources/:id": {
    name: "Website",
    kind: "server",
    environment: null,
    rateLimit: { perSecond: 1_000, burst: 10_000 },
    enabled: true,
    archived: false,
  },
  "POST /api/destinations": {
    tool: "webhook",
    name: "Our hook",
    settings: { url: "https://example.com/hook", secret: "a-secret-of-our-own", headers: { "x-team": "growth" } },
    identifier: "userId",
    mapping: [{ from: "plan", to: "plan" }],
  },
  "PATCH /api/destinations/:id": {
    name: "Our hook",
    settings: { url: "https://example.com/hook" },
    identifier: "email",
    mapping: [{ from: "email", to: "email" }],
  },
  "POST /api/destinations/test": {
    tool: "webhook",
    settings: { url: "http://127.0.0.1:9/hook", secret: "a-secret-of-our-own" },
    destinationId: "x",
  },
  "POST /api/destinations/:id/forwarding": {
    choices: {
      types: ["track"],
      events: ["Signed Up"],
      fields: { drop: ["context.ip"] },
      samplePercent: 50,
      newerThanHours: 24,
    },
    status: "running",
  },
  "POST /api/destinations/:id/forwarding/preview": {
    types: ["identify"],
    fields: { keep: ["properties.plan"] },
    audienceId: null,
  },
  "POST /api/syncs": {
    audienceId: "x",
    destinationId: "x",
    suppressionId: "y",
    sendsEntering: true,
    sendsLeaving: false,
    options: { batched: false },
  },
  "POST /api/schedules": {
    audienceId: "x",
    destinationId: "x",
    columns: ["userId", "plan"],
    format: "parquet",
    timing: { every: "week", on: "monday", at: "09:00" },
  },
  "PATCH /api/schedules/:id": {
    emails: ["anna@example.com"],
    columns: ["userId"],
    format: "csv",
    timing: { every: "hour", minute: 5 },
    status: "paused",
  },
  "POST /api/syncs/dry-run": { audienceId: "x", destinationId: "x", suppressionId: null, options: {} },
  "PATCH /api/syncs/:id": { sendsEntering: true, sendsLeaving: true, options: {}, status: "paused" },
  "POST /api/syncs/:id/resend": { profileId: "p1" },
  "POST /api/alerts": {
    rule: { kind: "audience_jumped", audienceId: null, direction: "shrank", percent: 20, people: 10, hours: 24 },
    channel: { via: "webhook", url: "https://example.com/hook", secret: "a-secret-of-our-own" },
    remindHours: 24,
  },
  "PATCH /api/alerts/:id": {
    rule: { kind: "source_silent", sourceId: null, minutes: 30, onlyIfWeekBefore: true },
    channel: { via: "slack", channel: "#growth", webhookUrl: "https://hooks.slack.com/services/T/B/x" },
    remindHours: null,
    mutedUntil: "2026-12-01T12:00:00.000Z",
    archived: false,
  },
  "POST /api/sources/:id/keys": { overlapMinutes: 60 },
};

const hostile: readonly unknown[] = [
  null,
  "",
  " ",
  "'; DROP TABLE messages; --",
  "\u0000",
  "{p0:String}",
  "x".repeat(20_000),
  -1,
  0,
  1.5,
  1e308,
  2 ** 53,
  true,
  [],
  [[]],
  {},
  { kind: "all" },
];

interface Mutation {
  path: string;
  value: unknown;
  body: unknown;
}

/** The body with each value of it, leaf or not, replaced by each hostile one, left out, and joined by an unknown field. */
export function mutationsOf(valid: unknown): Mutation[] {
  return placesOf(valid).flatMap((place) => {
    const path = formatPath(place);
    const replaced = hostile.map((value) => ({ path, value, body: replace(valid, place, () => value) }));
    const joined = replace(valid, place, (old) => (isObject(old) ? { ...old, definitely: 1 } : [old]));
    return [
      ...replaced,
      { path, value: undefined, body: replace(valid, place, () => undefined) },
      { path, value: "joined", body: joined },
    ];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function placesOf(value: unknown, place: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const children = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  return [place, ...children.flatMap(([key, child]) => placesOf(child, [...place, key]))];
}

function replace(value: unknown, place: readonly (string | number)[], by: (old: unknown) => unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return by(value);
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? replace(item, rest, by) : item));
  return isObject(value) ? { ...value, [key]: replace(value[key], rest, by) } : value;
}
