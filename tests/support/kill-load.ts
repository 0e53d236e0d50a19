/** The load of the kill test: message `n` is the same whoever makes it, so that what must be there can be told afterwards. */
export function loadMessage(n: number): {
  type: string;
  messageId: string;
  timestamp: string;
  userId?: string;
  anonymousId?: string;
} {
  // People come up without a name first and tell it later, so that histories have to move.
  const person = Math.floor(n / 40) % 4_000;
  const phase = (n * 7) % 40;
  const anonymousId = phase < 26 ? `a${person}-${phase % 3}` : undefined;
  const userId = phase >= 16 ? `u${person}` : undefined;
  // Two years of months: an insert has a part for each, so that a kill often falls between two of them.
  const timestamp = new Date(Date.UTC(2025, n % 24, 1 + (n % 27), 0, 0, n % 60)).toISOString();
  const base = { messageId: `m${n}`, timestamp, ...(userId && { userId }), ...(anonymousId && { anonymousId }) };
  if (phase % 4 === 0) return { ...base, type: "identify", ...{ traits: { plan: `p${n % 5}`, n } } };
  return { ...base, type: "track", ...{ event: `E${n % 4}`, properties: { n } } };
}

export const loadBatch = 150;
