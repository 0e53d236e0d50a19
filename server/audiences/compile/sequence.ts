import type { SequenceNode, SequenceStep } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { durationMs } from "@/core/duration";
import { join, param, Sql, sql } from "@/server/event-store/sql";
import { joinAnchors } from "./anchor";
import { eventPredicate } from "./event";
import { windowPredicate } from "./window";

/** Stands for "no chain"; below every timestamp. */
const none = sql`toInt64(-4000000000000000000)`;

/**
 * What is remembered, while a person's events are gone through in Order, of the chains that have reached a step:
 * when the last of them ended, the latest start of any of them, or both for each that no other one is better than.
 */
type Memory = "end" | "start" | "both";

function memoryOf(steps: readonly SequenceStep[], reached: number): Memory {
  const later = steps.slice(reached + 1);
  const startMatters = later.some((step) => step.within?.of === "first");
  const next = later[0]?.within;
  const endMatters = next !== undefined && next.of !== "first";
  if (startMatters) return endMatters ? "both" : "start";
  return "end";
}

/** `state.k`, the memory of step k (from 1); after the last step's come `settled` and `pending`. */
function state(position: number): Sql {
  return new Sql([`state.${position}`]);
}

const time = sql`time`;

function fits(bit: number): Sql {
  return sql`bitTest(fits, ${param.uint32(bit)})`;
}

/**
 * Subquery of the people with a chain of events that does the steps, as `sequenceHolds` of core/audience/sequence.ts
 * says. One pass over each person's events, in Order, that carries along what the chains have come to. `able` is a
 * bitmap that holds everybody who did each of the steps at some time: nobody else is gone through.
 */
export function peopleWithSequence(node: SequenceNode, able: Sql, moment: Moment): Sql {
  const { steps, thenNot } = node;
  const matches = steps.map((step, index) => {
    const matched = eventPredicate(step, moment);
    return index === 0 ? sql`(${matched} AND ${windowPredicate(node.window, moment)})` : matched;
  });
  if (thenNot) matches.push(eventPredicate(thenNot, moment));
  const mask = join(
    matches.map((match, bit) => sql`bitShiftLeft(toUInt32(${match}), ${param.uint32(bit)})`),
    sql` + `,
  );
  const memories = steps.slice(0, -1).map((_, index) => initialMemory(memoryOf(steps, index)));
  const start = join([...memories, sql`toUInt8(0)`, none]);
  // Each event as one number that sorts as Order does: 44 bits of time since 1970, 63 of arrival, 21 for what it fits.
  // Plain numbers are gathered and sorted several times as fast as tuples.
  return sql`(SELECT groupBitmapState(profile) FROM (
    SELECT profile, arrayFold((state, time, fits) -> ${transition(node)},
      arrayMap(event -> toInt64(bitShiftRight(event, 84)), events),
      arrayMap(event -> toUInt32(bitAnd(event, 2097151)), events), (${start})) AS state
    FROM (
      SELECT profile, arraySort(groupArray(
        bitShiftLeft(toUInt128(toUnixTimestamp64Milli(timestamp)), 84) + bitShiftLeft(toUInt128(arrival), 21) + mask
      )) AS events
      FROM (
        SELECT profile, timestamp, arrival, ${mask} AS mask FROM messages${joinAnchors(node.window, moment)}
        WHERE ${windowPredicate(undefined, moment)} AND (${join(matches, sql` OR `)}) AND bitmapContains(${able}, profile)
      ) GROUP BY profile
    )
  ) WHERE ${outcome(node, moment)})`;
}

function initialMemory(memory: Memory): Sql {
  return memory === "both" ? sql`CAST([], 'Array(Tuple(Int64, Int64))')` : none;
}

/** The state after an event. Every part is made of the state before it, so that one event serves one step only. */
function transition(node: SequenceNode): Sql {
  const { steps } = node;
  const last = steps.length - 1;
  const memories = steps.slice(0, -1).map((_, index) => remembered(steps, index));
  const done = reaches(steps, last);
  const settled = state(last + 1);
  const pending = state(last + 2);
  if (!node.thenNot) return sql`(${join([...memories, sql`toUInt8(${settled} OR (${done}))`, pending])})`;
  const broken = fits(last + 1);
  const outlived = node.thenNot.within
    ? sql`${pending} != ${none} AND ${time} - ${pending} > ${param.int64(durationMs(node.thenNot.within))}`
    : sql`0`;
  return sql`(${join([
    ...memories,
    sql`toUInt8(${settled} OR (${broken} AND ${outlived}))`,
    sql`multiIf((${pending} = ${none} OR ${broken}) AND (${done}), ${time}, ${broken}, ${none}, ${pending})`,
  ])})`;
}

/** Whether an event brings a chain to a step. */
function reaches(steps: readonly SequenceStep[], index: number): Sql {
  if (index === 0) return fits(0);
  return sql`${fits(index)} AND ${isOpen(steps, index)}`;
}

/** Whether some chain that has reached the step before may go on at `event`. */
function isOpen(steps: readonly SequenceStep[], index: number): Sql {
  const before = state(index);
  if (memoryOf(steps, index - 1) === "both") return sql`notEmpty(${continuable(steps, index)})`;
  const within = steps[index]?.within;
  const inTime = within ? sql` AND ${time} - ${before} <= ${param.int64(durationMs(within))}` : sql``;
  return sql`${before} != ${none}${inTime}`;
}

/** Where ends and starts are both remembered the next step is bound to the end. */
function continuable(steps: readonly SequenceStep[], index: number): Sql {
  const within = steps[index]?.within;
  const length = within ? durationMs(within) : 0;
  return sql`arrayFilter(chain -> ${time} - chain.1 <= ${param.int64(length)}, ${state(index)})`;
}

/** The latest start of the chains that go on to a step at `event`. */
function startOf(steps: readonly SequenceStep[], index: number): Sql {
  if (index === 0) return time;
  if (memoryOf(steps, index - 1) === "start") return state(index);
  return sql`arrayMax(arrayMap(chain -> chain.2, ${continuable(steps, index)}))`;
}

/** The memory of a step after `event`. */
function remembered(steps: readonly SequenceStep[], index: number): Sql {
  const before = state(index + 1);
  const reached = reaches(steps, index);
  switch (memoryOf(steps, index)) {
    case "end":
      return sql`if(${reached}, ${time}, ${before})`;
    case "start":
      return sql`if(${reached}, greatest(${before}, ${startOf(steps, index)}), ${before})`;
    case "both": {
      const start = startOf(steps, index);
      const length = param.int64(durationMs(steps[index + 1]?.within ?? { amount: 1, unit: "second" }));
      const useful = sql`arrayFilter(chain -> ${time} - chain.1 <= ${length}`;
      return sql`if(${reached},
        arrayPushBack(${useful} AND chain.2 > ${start}, ${before}), (${time}, ${start})),
        ${useful}, ${before}))`;
    }
  }
}

function outcome({ steps, thenNot }: SequenceNode, { now }: Moment): Sql {
  const settled = state(steps.length);
  const pending = state(steps.length + 1);
  if (!thenNot) return settled;
  const over = thenNot.within
    ? sql` AND ${param.int64(now)} - ${pending} > ${param.int64(durationMs(thenNot.within))}`
    : sql``;
  return sql`(${settled} OR (${pending} != ${none}${over}))`;
}
