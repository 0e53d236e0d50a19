const minus = "\u2212";
const counts = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const shares = new Intl.NumberFormat("en-US", {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** Exact, with separators and a true minus: 4,812 or −23. */
export function formatCount(count: number): string {
  return counts.format(count).replace("-", minus);
}

/** With its sign, for a change: +18 or −23. */
export function formatChange(count: number): string {
  return count > 0 ? `+${formatCount(count)}` : formatCount(count);
}

/** A fraction as a share with one decimal: 0.0444 as 4.4%. */
export function formatShare(fraction: number): string {
  return shares.format(fraction).replace("-", minus);
}

/** "1 person", "214 people". */
export function formatPeople(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "person" : "people"}`;
}

/** A count with its noun, by number: `formatNoun(1, "row")` is "1 row". */
export function formatNoun(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

type Instant = string | number | Date;

const formats = new Map<string, Intl.DateTimeFormat>();
function parts(instant: Instant, timeZone: string, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", ...options });
    formats.set(key, format);
  }
  return Object.fromEntries(format.formatToParts(new Date(instant)).map((part) => [part.type, part.value]));
}

/** Seconds within the day in the zone: 14:32:07. */
export function formatClock(instant: Instant, timeZone: string): string {
  const { hour, minute, second } = parts(instant, timeZone, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return `${hour}:${minute}:${second}`;
}

/** 14:32 in the zone. */
export function formatMinute(instant: Instant, timeZone: string): string {
  const { hour, minute } = parts(instant, timeZone, { hour: "2-digit", minute: "2-digit" });
  return `${hour}:${minute}`;
}

/** Sat 21 Nov 2026 in the zone. */
export function formatDate(instant: Instant, timeZone: string): string {
  const { weekday, day, month, year } = parts(instant, timeZone, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  return `${weekday} ${day} ${month} ${year}`;
}

/** Sat 21 Nov 2026 14:32:07 in the zone. */
export function formatMoment(instant: Instant, timeZone: string): string {
  return `${formatDate(instant, timeZone)} ${formatClock(instant, timeZone)}`;
}

/** A calendar day given as 2026-11-21, as 21 Nov. */
export function formatDay(day: string): string {
  const { day: number, month } = parts(`${day}T00:00:00Z`, "UTC", { day: "numeric", month: "short" });
  return `${number} ${month}`;
}

const ages: readonly [seconds: number, unit: string][] = [
  [86_400 * 365, "y"],
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
];

/** How long ago, in one unit: "2 h". Below a second, and in the future, "0 s". */
export function formatAge(instant: Instant, now: number): string {
  return formatSeconds((now - new Date(instant).getTime()) / 1000);
}

/** A length of time in its largest unit: 7,200 as "2 h". */
export function formatSeconds(seconds: number): string {
  const [size, unit] = ages.find(([size]) => seconds >= size) ?? [1, "s"];
  return `${formatCount(Math.max(0, Math.floor(seconds / size)))} ${unit}`;
}

const sizes = ["B", "kB", "MB", "GB", "TB"];
/** Bytes in decimal units: 23,400,000 as "23.4 MB". */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${sizes[power]}`;
}
