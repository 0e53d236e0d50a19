import type { Duration } from "../../duration";
import type { Phrase } from "./phrase";

const minus = "\u2212";
const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 20 });

/** A number with separators and a true minus, every digit kept: 1,234.125 or −5. Very large and very small ones as 1e+21. */
export function numberWords(value: number): string {
  const plain = String(value);
  return (plain.includes("e") ? plain : grouped.format(value)).replace("-", minus);
}

/** "1 time", "1,200 times". */
export function nounWords(count: number, one: string): string {
  return `${numberWords(count)} ${count === 1 ? one : `${one}s`}`;
}

/** "14 days". */
export function durationWords({ amount, unit }: Duration): string {
  return nounWords(amount, unit);
}

/** A number with its noun; to be read back it is without separators. */
export function nounPhrase(count: number, one: string): Phrase {
  return { role: "words", text: nounWords(count, one), exact: `${count} ${count === 1 ? one : `${one}s`}` };
}

export function durationPhrase({ amount, unit }: Duration): Phrase {
  return nounPhrase(amount, unit);
}
