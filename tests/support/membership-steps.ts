import fc from "fast-check";
import type { AudienceDefinition } from "@/core/audience/definition";
import type { JsonObject } from "@/core/event/message";
import { savedDefinitions } from "../parity/definitions";
import { eventNames } from "../parity/histories";
import { hour, jsonObject } from "../parity/values";

export interface SentMessage {
  type: "track" | "page" | "screen" | "identify" | "group" | "alias";
  event: string;
  userId: string | undefined;
  anonymousId: string | undefined;
  /** Of an alias. */
  previousId: string;
  /** How long before now it was, in milliseconds; negative for one that is dated later. */
  age: number;
  properties: JsonObject;
}

/** Something that happens to a workspace with three audiences. */
export type Step =
  | { kind: "send"; messages: SentMessage[] }
  | { kind: "wait"; milliseconds: number }
  | { kind: "look"; whole: boolean }
  | { kind: "define"; audience: number; definition: AudienceDefinition }
  | { kind: "merge"; one: string; other: string }
  | { kind: "split"; user: string }
  | { kind: "delete"; user: string }
  | { kind: "restart" }
  | { kind: "check" };

const users = ["u1", "u2", "u3", "u4", "u5"];
const user = fc.constantFrom(...users);
const visitor = fc.constantFrom("a1", "a2", "a3");

const day = 24 * hour;
const age = fc.oneof(
  { arbitrary: fc.constantFrom(0, 1, 500), weight: 5 },
  { arbitrary: fc.integer({ min: 0, max: 48 }).map((hours) => hours * hour), weight: 3 },
  { arbitrary: fc.integer({ min: 0, max: 40 }).map((days) => days * day), weight: 2 },
  { arbitrary: fc.constantFrom(-1, -1_000, -90_000, -6 * hour, -2 * day), weight: 1 },
);

const message: fc.Arbitrary<SentMessage> = fc
  .record({
    type: fc.constantFrom(
      ...(["track", "track", "track", "identify", "identify", "page", "screen", "group", "alias"] as const),
    ),
    event: fc.constantFrom(...eventNames),
    userId: fc.option(user, { nil: undefined, freq: 3 }),
    anonymousId: fc.option(visitor, { nil: undefined, freq: 1 }),
    previousId: fc.oneof(user, visitor),
    age,
    properties: fc.oneof({ arbitrary: fc.constant({}), weight: 1 }, { arbitrary: jsonObject, weight: 2 }),
  })
  .map((sent) => ({
    ...sent,
    userId: sent.userId ?? (sent.anonymousId === undefined || sent.type === "alias" ? "u1" : undefined),
  }));

const pause = fc.oneof(
  fc.constantFrom(1, 999, 1_000, 1_001, 60_000, hour, 6 * hour, day, 7 * day),
  fc.integer({ min: 1, max: 120_000 }),
  fc.integer({ min: 1, max: 80 }).map((hours) => hours * hour),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.array(message, { minLength: 1, maxLength: 6 }).map((messages): Step => ({ kind: "send", messages })),
    weight: 8,
  },
  { arbitrary: pause.map((milliseconds): Step => ({ kind: "wait", milliseconds })), weight: 5 },
  { arbitrary: fc.boolean().map((whole): Step => ({ kind: "look", whole })), weight: 6 },
  {
    arbitrary: fc
      .integer({ min: 0, max: 2 })
      .chain((audience) =>
        (
          savedDefinitions[audience]?.definition ??
          fc.constant({ version: 1 as const, root: { kind: "event" as const } })
        ).map((definition): Step => ({ kind: "define", audience, definition })),
      ),
    weight: 2,
  },
  { arbitrary: fc.tuple(user, user).map(([one, other]): Step => ({ kind: "merge", one, other })), weight: 1 },
  { arbitrary: user.map((split): Step => ({ kind: "split", user: split })), weight: 1 },
  { arbitrary: user.map((gone): Step => ({ kind: "delete", user: gone })), weight: 1 },
  { arbitrary: fc.constant<Step>({ kind: "restart" }), weight: 1 },
  { arbitrary: fc.constant<Step>({ kind: "check" }), weight: 2 },
);

/** Three audiences, of which each may refer to those before it, then whatever may happen. */
export const steps: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.tuple(...savedDefinitions.map(({ definition }) => definition)),
    fc.array(step, { minLength: 10, maxLength: 40, size: "max" }),
  )
  .map(([definitions, rest]) => [
    ...definitions.map((definition, audience): Step => ({ kind: "define", audience, definition })),
    ...rest,
  ]);
