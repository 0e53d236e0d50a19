const units: readonly [seconds: number, unit: string][] = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
];

/** A length of time in its two largest units, rounded to the smaller one: 11,280 as "3 h 8 min", 0.4 as "0 s". */
export function formatSpan(seconds: number): string {
  const at = units.findIndex(([size], index) => seconds >= size || index === units.length - 1);
  const [size = 1, unit = "s"] = units[at] ?? [];
  const [smaller, smallerUnit] = units[at + 1] ?? [];
  if (smaller === undefined) return `${Math.round(seconds)} ${unit}`;
  const whole = Math.round(seconds / smaller) * smaller;
  // Rounding may fill the larger unit: 59 min 40 s is 1 h.
  if (whole !== seconds && whole >= (units[at - 1]?.[0] ?? Number.POSITIVE_INFINITY)) return formatSpan(whole);
  const rest = (whole % size) / smaller;
  const text = `${Math.floor(whole / size).toLocaleString("en-US")} ${unit}`;
  return rest === 0 ? text : `${text} ${rest} ${smallerUnit}`;
}
