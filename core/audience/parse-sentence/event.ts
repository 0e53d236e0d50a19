import { aggregateOperatorText, figureText } from "../describe/event-phrases";
import { countText } from "../describe/window-words";
import { readFilters } from "./comparison";
import { readMatch, readWhere } from "./match";
import type { Reader } from "./reader";
import { readWindow } from "./window";

const verbs = [
  ["did not view", true],
  ["did not", true],
  ["did", false],
  ["viewed", false],
] as const;

/** `did "A" …`, or a sequence that begins so; undefined where no such condition comes next. */
export function readEvent(reader: Reader): unknown {
  const absent = reader.takesOne(verbs);
  if (absent === undefined) return undefined;
  const match = readMatch(reader);
  const before = readWhere(reader);
  const picked = reader.takesOne([
    ["for the first time", "first"],
    ["for the last time", "last"],
  ]);
  const matching = picked !== undefined && before.where !== undefined;
  const measure = readMeasure(reader, absent);
  const window = readWindow(reader);
  const after = before.where ? {} : readWhere(reader);
  const rest = { ...match, ...before, ...after, ...(window !== undefined && { window }) };
  if (reader.sees(", then")) {
    if (absent || picked || "count" in measure || "aggregate" in measure) return reader.fail("the next condition");
    return readSequence(reader, rest);
  }
  const then = picked && reader.takes(", and on it") ? readFilters(reader) : undefined;
  return {
    kind: "event",
    ...rest,
    ...measure,
    ...(picked && { occurrence: matching || then ? `${picked}_matching` : picked }),
    ...(then && { then }),
  };
}

function readMeasure(reader: Reader, absent: boolean): object {
  if (absent) return { count: { op: "exactly", value: 0 } };
  const aggregate = readAggregate(reader);
  if (aggregate) return { aggregate };
  const op = reader.takesOne(keysByWords(countText));
  if (!op) return {};
  const value = reader.number();
  if (!reader.takes("time")) reader.expect("times");
  return { count: { op, value } };
}

function readAggregate(reader: Reader): object | undefined {
  const fn = reader.takesOne(keysByWords(figureText));
  if (fn) {
    const property = reader.name("a property");
    reader.expect("of");
    return { fn, property, ...readComparedNumber(reader) };
  }
  if (reader.takes("with")) {
    const compared = readComparedNumber(reader);
    reader.expect("different values of");
    return { fn: "distinct", property: reader.name("a property"), ...compared };
  }
  if (!reader.takes("on")) return undefined;
  const compared = readComparedNumber(reader);
  reader.expect("different days");
  return { fn: "distinct_days", ...compared };
}

function readComparedNumber(reader: Reader): object {
  const op = reader.takesOne(keysByWords(aggregateOperatorText));
  return op ? { op, value: reader.textOrNumber("a number") } : reader.fail("“at least”, “more than” or the like");
}

function keysByWords<Key extends string>(texts: Readonly<Record<Key, string>>): [string, string][] {
  return Object.entries<string>(texts).map(([key, text]) => [text, key]);
}

/** What follows the first step: `, then within 3 days "B", and then not "C" within 24 hours`. */
function readSequence(reader: Reader, { window, ...first }: { window?: unknown }): unknown {
  const steps: unknown[] = [first];
  while (reader.takes(", then")) steps.push(readStep(reader));
  const thenNot = reader.takes(", and then not") ? readThenNot(reader) : undefined;
  return { kind: "sequence", steps, ...(window !== undefined && { window }), ...(thenNot && { thenNot }) };
}

function readStep(reader: Reader): unknown {
  const within = reader.takes("within") ? reader.duration() : undefined;
  const of = within && reader.takes("of the first") ? { of: "first" } : {};
  return { ...readMatch(reader), ...(within && { within: { ...within, ...of } }), ...readWhere(reader) };
}

function readThenNot(reader: Reader): object {
  const match = readMatch(reader);
  const within = reader.takes("within") ? { within: reader.duration() } : {};
  return { ...match, ...within, ...readWhere(reader) };
}
