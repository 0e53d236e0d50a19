/** Places after the point that an exact sum keeps; finer ones are cut off. */
const decimalPlaces = 24;

/** Numbers of this size or more are summed as the 64-bit floats that they are, not exactly. */
const firstInexact = 1e40;

/** So are numbers in text of more characters than this. */
export const longestExact = 60;

const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * A decimal number, as text, in units of 10^-24: 0.1 and 0.2 make 0.3 here. Undefined for text that is not wholly a
 * number, and for those that are not summed exactly.
 */
export function exactOf(text: string): bigint | undefined {
  const [, sign, whole = "", fraction = "", exponent = "0"] = parts.exec(text) ?? [];
  if (sign === undefined || text.length > longestExact || Math.abs(Number(text)) >= firstInexact) return undefined;
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const shift = Number(exponent) - fraction.length + decimalPlaces;
  const kept = shift >= 0 ? digits.padEnd(digits.length + (digits === "" ? 0 : shift), "0") : digits.slice(0, shift);
  const size = BigInt(kept);
  return sign === "-" ? -size : size;
}

/** The decimal text of a number in units of 10^-24. */
export function textOfExact(exact: bigint): string {
  const size = exact < 0n ? -exact : exact;
  const digits = String(size).padStart(decimalPlaces + 1, "0");
  return `${exact < 0n ? "-" : ""}${digits.slice(0, -decimalPlaces)}.${digits.slice(-decimalPlaces)}`;
}

/** The 64-bit float nearest to a number in units of 10^-24. */
export function floatOfExact(exact: bigint): number {
  return Number(textOfExact(exact));
}
