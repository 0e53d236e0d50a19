import * as z from "zod";

/** Exact durations; calendar words are another thing and follow the workspace's zone. */
export const unitSeconds = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
} as const;

export const units = [
  "second",
  "minute",
  "hour",
  "day",
  "week",
] as const satisfies readonly (keyof typeof unitSeconds)[];

/** Fields of an exact duration; spread into the shapes that hold one. */
export const durationShape = {
  amount: z.int().positive().max(100_000_000),
  unit: z.enum(units),
};

export const duration = z.strictObject(durationShape);
export type Duration = z.infer<typeof duration>;

/** Length of a duration in milliseconds. */
export function durationMs({ amount, unit }: Duration): number {
  return amount * unitSeconds[unit] * 1000;
}

/** A whole number of seconds in the largest unit up to days that holds it exactly: 172,800,000 as 2 days. */
export function durationOfMs(milliseconds: number): Duration {
  const seconds = milliseconds / 1000;
  const unit = (["day", "hour", "minute"] as const).find((one) => seconds % unitSeconds[one] === 0) ?? "second";
  return { amount: seconds / unitSeconds[unit], unit };
}
