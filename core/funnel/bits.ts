/** Sets of at most 20 steps as the bits of a number: bit 0 is the first step. */

/** The highest bit of a set that is not empty. */
export function highestBit(set: number): number {
  return 31 - Math.clz32(set);
}

export function countBits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Every bit from `from` to just before `to`. */
export function bitsBetween(from: number, to: number): number {
  return to <= from ? 0 : ((1 << to) - 1) & ~((1 << from) - 1);
}
