import type { Random } from "./random";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Days of history that the sample has. */
const sampleDays = 80;

/** Work is done from Monday to Friday. */
const byWeekday = [0.38, 1, 1.08, 1.1, 1.02, 0.84, 0.32];
const byHour = [1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 19, 17, 14, 16, 18, 17, 14, 11, 8, 6, 5, 4, 3, 2];

/** A moment of the days before `today` (its midnight, UTC), as people sign up: on weekdays, by day, and more from week to week. */
export function signUpMoment(random: Random, today: number): number {
  const weights = Array.from({ length: sampleDays }, (_, ago) => {
    const weekday = new Date(today - ago * day).getUTCDay();
    return (byWeekday[weekday] ?? 1) * (1 + (sampleDays - ago) / sampleDays);
  });
  const ago = random.weighted(weights);
  return today - ago * day + random.weighted(byHour) * hour + random.between(0, hour - 1);
}

/** The next moment at or after this one at which people work. */
export function workingMoment(random: Random, moment: number): number {
  let candidate = moment;
  for (let tries = 0; tries < 6; tries++) {
    const date = new Date(candidate);
    const likely = ((byWeekday[date.getUTCDay()] ?? 1) * (byHour[date.getUTCHours()] ?? 1)) / 12;
    if (random.chance(likely)) break;
    candidate += random.between(20 * minute, 5 * hour);
  }
  return candidate;
}
