/** Places after the point that an exact sum keeps; finer ones are cut off. */
export const decimalPlaces = 24;

/** From here on a number is no longer summed exactly, but as the 64-bit float that it is. */
export const largestExact = 1e40;

const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * A decimal number, as text, in units of 10^-24: 0.1 and 0.2 make 0.3 here. Undefined for text that is not wholly a
 * number, and for numbers from 10^40 on.
 */
export function exactOf(text: string): bigint | undefined {
  const [, sign, whole = "", fraction = "", exponent = "0"] = parts.exec(text) ?? [];
  if (sign === undefined || Math.abs(Number(text)) >= largestExact) return undefined;
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const shift = Number(exponent) - fraction.length + decimalPlaces;
  const kept = shift >= 0 ? digits.padEnd(digits.length + (digits === "" ? 0 : shift), "0") : digits.slice(0, shift);
  const size = BigInt(kept);
  return sign === "-" ? -size : size;
}
