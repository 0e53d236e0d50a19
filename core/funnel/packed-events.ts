/**
 * Events of some people as one number of 64 bits each, so that many of them can be handed over: 20 bits for the person's place among
 * the people, 44 for milliseconds since 1970. The lowest byte first.
 */
export type PackedEvents = DataView;

/** Places are below it. */
export const mostPlaces = 2 ** 20;
export const bitsOfTime = 44;
const bytes = 8;

export function placeOf(events: PackedEvents, row: number): number {
  return events.getUint32(row * bytes + 4, true) >>> 12;
}

/** Milliseconds since the epoch. */
export function timeOf(events: PackedEvents, row: number): number {
  return (events.getUint32(row * bytes + 4, true) & 0xfff) * 2 ** 32 + events.getUint32(row * bytes, true);
}

export function countOf(events: PackedEvents): number {
  return events.byteLength / bytes;
}

/** Those of some rows, without copying: from ≤ row < to. */
export function eventsBetween({ buffer, byteOffset }: PackedEvents, from: number, to: number): PackedEvents {
  return new DataView(buffer, byteOffset + from * bytes, (to - from) * bytes);
}
