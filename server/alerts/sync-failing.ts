import type { AlertRule } from "../../core/alerts/rule";
import { troubleOf } from "../syncs/trouble";
import type { Finding, Look } from "./finding";

const named = { select: { name: true } } as const;

/** Syncs, and what is sent on, that have not got on for at least so long. One that is paused fails nobody. */
export async function syncsFailing(
  { minutes, destinationId }: Extract<AlertRule, { kind: "sync_failing" }>,
  { stores: { metadata }, now, shown }: Look,
): Promise<Finding[]> {
  const where = {
    status: "running",
    troubleSince: { lte: new Date(now.getTime() - minutes * 60_000) },
    ...(destinationId !== null && { destinationId }),
  } as const;
  const [syncs, forwardings] = await Promise.all([
    metadata.sync.findMany({ where, include: { audience: named, destination: named }, orderBy: { id: "asc" } }),
    metadata.forwarding.findMany({ where, include: { destination: named }, orderBy: { id: "asc" } }),
  ]);
  const all = [
    ...syncs.map((sync) => ({ ...sync, name: syncName(sync) })),
    ...forwardings.map((forwarding) => ({ ...forwarding, name: forwardingName(forwarding) })),
  ];
  return all.flatMap(({ id, name, trouble, troubleSince }) => {
    if (troubleSince === null) return [];
    const why = troubleOf(trouble)?.message ?? "";
    const text = `${name} has been failing since ${shown(troubleSince)}. ${why}`.trim();
    return [{ subjectId: id, subjectName: name, text, since: troubleSince }];
  });
}

export function syncName({ audience, destination }: { audience: { name: string }; destination: { name: string } }) {
  return `${audience.name} to ${destination.name}`;
}

export function forwardingName({ destination }: { destination: { name: string } }) {
  return `Events to ${destination.name}`;
}
