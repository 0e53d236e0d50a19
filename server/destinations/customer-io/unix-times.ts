/** A moment of ISO 8601 with its zone: what Customer.io compares as a time only where it is seconds since 1970. */
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

export function withUnixTimes(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const at = typeof value === "string" && moment.test(value) ? Date.parse(value) : Number.NaN;
      return [name, Number.isNaN(at) ? value : Math.floor(at / 1000)];
    }),
  );
}
