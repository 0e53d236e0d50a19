import type { TableMapping } from "@/core/api/imports";

/** What a column of a CSV file is; every role but the last two belongs to one column at most. */
export const roles = [
  { value: "userId", label: "User id" },
  { value: "anonymousId", label: "Anonymous id" },
  { value: "event", label: "Event name" },
  { value: "timestamp", label: "Time" },
  { value: "messageId", label: "Message id" },
  { value: "rest", label: "Property" },
  { value: "ignore", label: "Left out" },
] as const;
export type Role = (typeof roles)[number]["value"];

export interface RolePlan {
  /** By column. */
  roles: Readonly<Record<string, Role>>;
  /** A row is an event, or says what is known of a person. */
  rowIs: "event" | "person";
  /** Name of every row's event, where no column names it. */
  eventName: string;
}

const guesses: readonly [Role, RegExp][] = [
  ["anonymousId", /^(anonymous|anon|visitor|device)[ _-]?(id)?$/i],
  ["userId", /^(user|customer|person|account|member|student|distinct)[ _-]?id$|^(user|uid|id)$/i],
  ["event", /^event([ _-]?(name|type))?$|^action$/i],
  ["timestamp", /^(time([ _-]?stamp)?|date([ _-]?time)?|(created|occurred|sent|original)[ _-]?(at|on|timestamp))$/i],
  ["messageId", /^(message|event|insert)[ _-]?(id|uuid)$/i],
];

/** What the names of the columns suggest. */
export function guessPlan(columns: readonly string[]): RolePlan {
  const taken = new Set<Role>();
  const entries = columns.map((column): [string, Role] => {
    const guess = guesses.find(([role, name]) => !taken.has(role) && name.test(column.trim()))?.[0] ?? "rest";
    if (guess !== "rest") taken.add(guess);
    return [column, guess];
  });
  return { roles: Object.fromEntries(entries), rowIs: taken.has("event") ? "event" : "person", eventName: "" };
}

/** The plan with a column in another role; a role that only one column can have is taken from the one that had it. */
export function assignRole(plan: RolePlan, column: string, role: Role): RolePlan {
  const shared = role === "rest" || role === "ignore";
  const entries = Object.entries(plan.roles).map(([other, its]): [string, Role] => [
    other,
    other === column ? role : !shared && its === role ? "rest" : its,
  ]);
  return { ...plan, roles: Object.fromEntries(entries), rowIs: role === "event" ? "event" : plan.rowIs };
}

/** The mapping that a plan means, or what is still missing, in words. */
export function mappingOf(plan: RolePlan): { mapping: TableMapping } | { missing: string } {
  const holder = (role: Role) => Object.keys(plan.roles).find((column) => plan.roles[column] === role);
  const userId = holder("userId");
  const anonymousId = holder("anonymousId");
  if (userId === undefined && anonymousId === undefined) {
    return { missing: "Say which column holds the user’s id, or the anonymous id." };
  }
  const event = plan.rowIs === "event" ? holder("event") : undefined;
  const eventName = plan.rowIs === "event" && event === undefined ? plan.eventName.trim() : undefined;
  if (eventName === "") return { missing: "Say which column holds the event’s name, or name the event of every row." };
  const ignored = Object.keys(plan.roles).filter(
    (column) => plan.roles[column] === "ignore" || (plan.rowIs === "person" && plan.roles[column] === "event"),
  );
  return {
    mapping: {
      userId,
      anonymousId,
      event,
      eventName,
      timestamp: holder("timestamp"),
      messageId: holder("messageId"),
      rest: plan.rowIs === "event" ? "properties" : "traits",
      ignore: ignored.length > 0 ? ignored : undefined,
    },
  };
}
