import fc from "fast-check";

/**
 * What random tests start from. The gate begins for everybody alike, so that what it says of a change is about the change;
 * `npm run parity` begins elsewhere each time, and prints where.
 */
export const seed = Number(process.env.PARITY_SEED ?? 20_261_123);

fc.configureGlobal({ seed });
