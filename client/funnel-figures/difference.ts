import { formatChange } from "../format";

const points = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** The difference of two shares in points: 0.31 against 0.29 is "+2.0 points". */
export function pointsWords(now: number | null, then: number | null): string {
  if (now === null || then === null) return "–";
  const difference = Math.round((now - then) * 1_000) / 10;
  const text = points.format(Math.abs(difference));
  return `${signOf(difference)}${text} ${text === "1.0" ? "point" : "points"}`;
}

/** The difference of two counts, and what share that is of the earlier one: "+18 (+6.0%)". */
export function changeWords(now: number, then: number): string {
  if (now === then) return "0";
  if (then === 0) return formatChange(now);
  const share = Math.round(((now - then) / then) * 1_000) / 10;
  return `${formatChange(now - then)} (${signOf(share)}${points.format(Math.abs(share))}%)`;
}

function signOf(difference: number): string {
  if (difference === 0) return "";
  return difference > 0 ? "+" : "\u2212";
}
