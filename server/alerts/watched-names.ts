import { type AlertRule, watchedBy } from "../../core/alerts/rule";
import { ruleWords } from "../../core/alerts/words";
import type { Metadata } from "../metadata/scoped";

/** What a rule is about; null for a rule about each there is, and a null name where it was removed. */
type About = { id: string; name: string | null } | null;

/** What rules are about, by name. */
export async function watchedNames(
  metadata: Metadata,
  rules: readonly AlertRule[],
): Promise<(rule: AlertRule) => About> {
  const watched = rules.map(watchedBy);
  const idsOf = (kind: (typeof watched)[number]["kind"]) =>
    watched.flatMap((one) => (one.kind === kind && one.id !== null ? [one.id] : []));
  const select = { id: true, name: true } as const;
  const named = (kind: (typeof watched)[number]["kind"]) => {
    const where = { id: { in: idsOf(kind) } };
    if (where.id.in.length === 0) return [];
    if (kind === "destination") return metadata.destination.findMany({ where, select });
    if (kind === "audience") return metadata.audience.findMany({ where, select });
    return metadata.source.findMany({ where, select });
  };
  const rows = (await Promise.all([named("destination"), named("audience"), named("source")])).flat();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (rule) => {
    const { id } = watchedBy(rule);
    return id === null ? null : { id, name: names.get(id) ?? null };
  };
}

export function wordsOf(rule: AlertRule, about: About): string {
  return ruleWords(rule, about && (about.name ?? `the ${watchedBy(rule).kind} that was removed`));
}
