import type { AudienceDefinition, AudienceTree } from "@/core/audience/definition";

const events = [
  "Task Created",
  "Task Completed",
  "Project Opened",
  "Comment Added",
  "File Uploaded",
  "Team Member Invited",
  "Report Viewed",
  "Integration Connected",
  "Activation Milestone Reached",
  "Onboarding Step Completed",
] as const;
const plans = ["trial", "free", "pro", "business"];
const sources = ["web", "ios", "android", "api"];

/** One after the other, each kind with other events and spans from round to round. */
const kinds: readonly ((round: number, earlier: string | undefined) => AudienceTree)[] = [
  (round) => ({ kind: "event", event: event(round), window: { kind: "last", amount: 1 + (round % 29), unit: "day" } }),
  (round) => ({
    kind: "all",
    conditions: [
      {
        kind: "event",
        event: "Account Created",
        window: { kind: "before_last", amount: 1 + (round % 60), unit: "day" },
      },
      { kind: "event", event: event(round), count: { op: "exactly", value: 0 } },
      { kind: "trait", trait: "plan", op: "equals", value: pick(plans, round) },
    ],
  }),
  (round) => ({
    kind: "event",
    event: event(round + 1),
    count: { op: "at_least", value: 2 + (round % 4) },
    window: { kind: "last", amount: 30 + (round % 30), unit: "day" },
  }),
  (round) => ({
    kind: "event",
    event: event(round + 2),
    window: { kind: "last", amount: 10 + (round % 10), unit: "second" },
  }),
  (round) => ({
    kind: "event",
    event: event(round + 3),
    where: [
      { property: "source", op: "equals", value: pick(sources, round) },
      { property: "amount", op: "gt", value: 40 + (round % 50) },
    ],
    window: { kind: "last", amount: 14, unit: "day" },
  }),
  (round) => ({
    kind: "sequence",
    steps: [{ event: event(round) }, { event: event(round + 4), within: { amount: 1 + (round % 14), unit: "day" } }],
  }),
  (round) => ({
    kind: "sequence",
    steps: [{ event: event(round + 5) }, { event: event(round + 6) }],
    thenNot: { event: event(round + 7), within: { amount: 5 + (round % 20), unit: "second" } },
  }),
  (round) => ({
    kind: "trait",
    trait: "plan",
    op: "equals",
    value: pick(plans, round),
    heldFor: { amount: 5 + (round % 30), unit: "second" },
  }),
  (round) => ({
    kind: "event",
    event: event(round + 8),
    window: { kind: "calendar", period: pick(["today", "this_week", "this_month"] as const, round) },
  }),
  (round, earlier) =>
    earlier === undefined
      ? { kind: "event", event: event(round) }
      : {
          kind: "all",
          conditions: [
            { kind: "audience", audienceId: earlier, member: true },
            { kind: "event", event: event(round + 9), window: { kind: "last", amount: 1 + (round % 23), unit: "day" } },
          ],
        },
];

/** The definition of one of many audiences of ten kinds; `earlier` is an audience that one of them refers to. */
export function mixedDefinition(index: number, earlier: string | undefined): AudienceDefinition {
  const round = Math.floor(index / kinds.length);
  return { version: 1, root: pick(kinds, index)(round, earlier) };
}

function event(place: number): string {
  return pick(events, place);
}

function pick<Choice>(choices: readonly Choice[], place: number): Choice {
  const choice = choices[place % choices.length];
  if (choice === undefined) throw new Error("There is nothing to choose from");
  return choice;
}
