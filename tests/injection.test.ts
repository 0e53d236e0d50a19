import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { type AudienceDefinition, type AudienceTree, audienceDefinition } from "@/core/audience/definition";
import { evaluate } from "@/core/audience/evaluate";
import { type Comparison, type Operator, operators } from "@/core/audience/filter";
import type { Person } from "@/core/audience/person";
import type { HistoryMessage, JsonObject } from "@/core/event/message";
import { compileAudience } from "@/server/audiences/compile/compile";
import { readSets } from "@/server/audiences/compile/set-reader";
import { sql } from "@/server/event-store/sql";
import { loadPeople } from "./parity/load";
import { openTestEventStore, type TestEventStore } from "./support/event-store";

/** Texts that would do harm wherever text became SQL, a parameter's name, a pattern, or a piece of JSON. */
const hostile = [
  "'",
  "''",
  "\\",
  "\\'",
  "' OR 1=1 --",
  "') OR true; DROP TABLE messages; --",
  "x' UNION ALL SELECT 1 --",
  "{p0:String}",
  "{p0:Identifier}",
  "`messages`",
  '"',
  '","v":"x',
  '\\"',
  "%",
  "_",
  ".*",
  "(",
  "[",
  "\\d+",
  "$1",
  "\n",
  "\r\n",
  "\t",
  "\u0000",
  "\u001b",
  "\u2028",
  "/*",
  "*/",
  "--",
  ";",
  "?",
  "null",
  "NaN",
  "😀",
  "..",
  ".",
  "a.b'.c",
  "__proto__",
  "constructor",
  "x".repeat(200),
] as const;

const now = Date.UTC(2026, 10, 23, 12);
const ordinary = "ordinary";

/** A person for each hostile text, who has it everywhere, and one who has it nowhere. */
const people = [...hostile, ordinary].map((text, index): Person & { profile: number; text: string } => {
  const object = (key: string): JsonObject => ({ [key]: text, value: text, list: [text], inner: { [key]: text } });
  const message = (type: HistoryMessage["type"], event: string, arrival: number): HistoryMessage => ({
    messageId: `${index} ${arrival} ${text}`,
    type,
    event,
    timestamp: now - 1000,
    arrival: index * 10 + arrival,
    properties: object(text),
    context: object(text),
  });
  return {
    profile: index + 1,
    text,
    userId: `${text} ${index}`,
    anonymousIds: [],
    messages: [message("identify", "", 0), message("track", text, 1)],
  };
});

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
  await loadPeople(eventStore, people);
});
afterAll(() => eventStore.close());

/** Who is in by the engine, of several definitions in one statement; the evaluator must say the same. */
async function membersOf(roots: readonly AudienceTree[]): Promise<string[][]> {
  const definitions = roots.map((root): AudienceDefinition => audienceDefinition.parse({ version: 1, root }));
  const context = { timeZone: "UTC", audiences: new Map() };
  const sets = definitions.map((one) => compileAudience(one, { now, ...context }).members);
  const answer = await readSets(eventStore, sets);
  return definitions.map((definition, index) => {
    const members = people.filter(({ profile }) => answer[index]?.has(profile)).map(({ text }) => text);
    const evaluated = people.filter((person) => evaluate(definition, person, now, context));
    expect(members, JSON.stringify(definition)).toEqual(evaluated.map(({ text }) => text));
    return members;
  });
}

/** A comparison with a hostile text in every place that takes text; undefined where an operator takes none. */
function comparisonWith(op: Operator, text: string): Comparison | undefined {
  switch (op) {
    case "exists":
    case "not_exists":
      return { op };
    case "equals":
    case "not_equals":
      return { op, value: text };
    case "equals_any":
    case "equals_none":
      return { op, value: [text, `${text}!`, 1, true] };
    case "contains":
    case "not_contains":
    case "starts_with":
    case "ends_with":
      return { op, value: text };
    default:
      return undefined;
  }
}

describe.each(hostile.map((text) => ({ text, shown: JSON.stringify(text).slice(0, 40) })))("$shown", ({ text }) => {
  test("as a name, a path and an operand it stands for itself alone", async () => {
    const same = { op: "equals", value: text } as const;
    const step = { event: text, where: [{ property: "value", ...same }] };
    const alone: AudienceTree[] = [
      { kind: "event", event: text },
      { kind: "trait", trait: text, ...same },
      { kind: "trait", trait: "value", ...same },
      { kind: "trait", trait: "list", op: "contains", value: text },
      { kind: "event", where: [{ property: text, ...same }] },
      { kind: "event", where: [{ context: text, ...same }] },
    ];
    const nobody: AudienceTree[] = [
      { kind: "sequence", steps: [step, step] },
      { kind: "sequence", steps: [{ event: ordinary }, step], thenNot: step },
    ];
    const members = await membersOf([...alone, ...nobody]);
    expect(members).toEqual([...alone.map(() => [text]), ...nobody.map(() => [])]);
  });

  test("in every operator and in nested paths it means what the evaluator says", async () => {
    const comparisons = operators.flatMap((op) => comparisonWith(op, text) ?? []);
    await membersOf([
      { kind: "trait", trait: `inner.${text}`, op: "equals", value: text },
      { kind: "event", where: [{ property: `inner.${text}.${text}`, op: "exists" }] },
      ...comparisons.map((comparison): AudienceTree => ({ kind: "trait", trait: "value", ...comparison })),
      ...comparisons.map(
        (comparison): AudienceTree => ({ kind: "event", where: [{ property: "list", ...comparison }] }),
      ),
    ]);
  });
});

test("nothing was harmed", async () => {
  const [count] = await eventStore.query(sql`SELECT count() AS rows FROM messages`, z.strictObject({ rows: z.int() }));
  expect(count?.rows).toBe(people.length * 2);
});

test("every operator is either given hostile text, or refuses it", () => {
  for (const op of operators) {
    const asked = comparisonWith(op, hostile[4]);
    if (asked) continue;
    const root = { kind: "trait", trait: "value", op, value: hostile[4] };
    const refused = audienceDefinition.safeParse({ version: 1, root }).success === false;
    // Dates take any text; what is no date is refused by validateDefinition.
    expect(refused || op === "before" || op === "after").toBe(true);
  }
});
