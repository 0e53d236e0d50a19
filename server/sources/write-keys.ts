import type { Source } from "../../core/api/sources";
import { AppError } from "../../core/errors";
import type { Metadata } from "../metadata/scoped";
import { getSource } from "./sources";
import { makeWriteKey } from "./write-key";

const minuteMs = 60_000;
const usualOverlapMinutes = 24 * 60;

/**
 * Gives a source a new key, and the ones before an end: senders that have the old one go on until they have the new. A key
 * that ends earlier already keeps its end. Throws `not_found`.
 */
export async function rotateWriteKey(
  metadata: Metadata,
  id: string,
  overlapMinutes: number = usualOverlapMinutes,
  now: Date = new Date(),
): Promise<Source> {
  await getSource(metadata, id);
  const endsAt = new Date(now.getTime() + overlapMinutes * minuteMs);
  await metadata.$transaction([
    metadata.writeKey.updateMany({
      where: { sourceId: id, OR: [{ revokedAt: null }, { revokedAt: { gt: endsAt } }] },
      data: { revokedAt: endsAt },
    }),
    metadata.writeKey.create({ data: { sourceId: id, key: makeWriteKey() } }),
  ]);
  return getSource(metadata, id);
}

/** Ends a key at once. Errors: `not_found`; `conflict` for the newest, without which nothing could be sent. */
export async function revokeWriteKey(metadata: Metadata, id: string, key: string, now: Date): Promise<Source> {
  const source = await getSource(metadata, id);
  if (source.writeKey === key) {
    throw new AppError("conflict", "This is the source's newest key. Make another one before you revoke it.");
  }
  if (!source.keys.some((one) => one.key === key)) {
    throw new AppError("not_found", "This source has no such key, or it has ended.");
  }
  await metadata.writeKey.updateMany({ where: { sourceId: id, key }, data: { revokedAt: now } });
  return getSource(metadata, id);
}
