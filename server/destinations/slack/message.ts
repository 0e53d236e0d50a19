import type { DeliveryItem, SyncTarget } from "../destination";

type Audience = SyncTarget<unknown>["audience"];

/** People of one message who are named. */
const shownPeople = 10;

/** Slack reads these three as its own marks. */
export function plain(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const verb = { entered: "entered", exited: "left" } as const;

/** One person, with the mapped traits: `ada@example.com entered Trials (Plan: pro)`. */
export function personText({ identifier, change, fields }: DeliveryItem, audience: Audience): string {
  const known = Object.entries(fields).flatMap(([name, value]) =>
    value === null || value === undefined || typeof value === "object" ? [] : [`${name}: ${String(value)}`],
  );
  const traits = known.length === 0 ? "" : ` (${known.join(", ")})`;
  return plain(`${identifier.value} ${verb[change]} ${audience.name}${traits}`);
}

/** Several people who did the same: how many, and the first ten by name. */
export function digestText(items: readonly DeliveryItem[], audience: Audience): string {
  const [first] = items;
  if (first === undefined) return "";
  if (items.length === 1) return personText(first, audience);
  const names = items.slice(0, shownPeople).map(({ identifier }) => identifier.value);
  const others = items.length - names.length;
  const list = others > 0 ? `${names.join(", ")} and ${others.toLocaleString("en")} more` : names.join(", ");
  return plain(`${items.length.toLocaleString("en")} people ${verb[first.change]} ${audience.name}: ${list}`);
}
