/** From here on, and only from here on, the engine reads a whole number as milliseconds; smaller ones it takes for seconds. */
const firstReadAsMilliseconds = 1e12;

/** A moment (milliseconds since the epoch, from 1970 on) as a value of a row to insert. */
export function storedMoment(milliseconds: number): number | string {
  if (milliseconds >= firstReadAsMilliseconds) return milliseconds;
  return new Date(milliseconds).toISOString().slice(0, 23).replace("T", " ");
}
