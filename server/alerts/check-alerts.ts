import type { Alert, AlertFiring } from "@/generated/prisma/client";
import { alertRule } from "../../core/alerts/rule";
import type { AlertLine, AlertMessage } from "../../core/api/alerts";
import type { Metadata } from "../metadata/scoped";
import type { Services } from "../services";
import { getWorkspace } from "../workspace/workspace";
import type { Finding, Look } from "./finding";
import { findingsOf } from "./findings-of";
import { shownIn } from "./shown-moment";

const hourMs = 3_600_000;
/** What comes and goes is told once in so long. */
const quietMs = 10 * 60_000;
/** History is kept for so long. */
const keptMs = 90 * 24 * hourMs;

type Watching = Alert & { firings: AlertFiring[] };
export type AlertStores = Look["stores"] & Pick<Services, "log">;

/** Looks at everything that is watched, and writes down what began, what ended, and what is to be told of that. */
export async function checkAlerts(stores: AlertStores, now: Date): Promise<void> {
  const { metadata, log } = stores;
  const [alerts, { timeZone }] = await Promise.all([
    metadata.alert.findMany({
      where: { archivedAt: null },
      include: { firings: { where: { resolvedAt: null }, orderBy: { id: "asc" } } },
      orderBy: { id: "asc" },
    }),
    getWorkspace(metadata),
  ]);
  for (const alert of alerts) {
    try {
      await checkAlert(alert, stores, now, shownIn(timeZone));
    } catch (error) {
      // One that cannot be looked at must not keep the others from it.
      log.error({ err: error, alertId: alert.id }, "An alert could not be looked at; it is tried again");
    }
  }
}

async function checkAlert(alert: Watching, stores: AlertStores, now: Date, shown: Look["shown"]): Promise<void> {
  const { metadata } = stores;
  const open = new Map(alert.firings.map((firing) => [firing.subjectId, firing]));
  const isOpen = (subjectId: string) => open.has(subjectId);
  const findings = await findingsOf(alertRule.parse(alert.rule), { stores, now, shown, isOpen });
  const found = new Map(findings.map((finding) => [finding.subjectId, finding]));
  const ended = alert.firings.filter(({ subjectId }) => !found.has(subjectId));
  const isMuted = alert.mutedUntil !== null && alert.mutedUntil > now;
  const untold = findings.filter(({ subjectId }) => !open.get(subjectId)?.toldAt);
  const told = isMuted ? new Set<string>() : await tellable(metadata, alert.id, untold, now);
  const began = untold.filter(({ subjectId }) => told.has(subjectId));
  const reminded = isMuted
    ? []
    : findings.filter(({ subjectId }) => isDue(open.get(subjectId), alert.remindHours, now));
  const tellsEnd = isMuted ? [] : ended.filter(({ toldAt }) => toldAt !== null);
  const isSame = ({ subjectId, text }: Finding) => open.get(subjectId)?.text === text;
  if (ended.length === 0 && began.length === 0 && reminded.length === 0 && findings.every(isSame)) return;

  const toldAt = new Set([...began, ...reminded].map(({ subjectId }) => subjectId));
  await metadata.$transaction(async (transaction) => {
    for (const finding of findings) {
      const { subjectId, subjectName, text, since } = finding;
      const firing = open.get(subjectId);
      const data = { text, ...(toldAt.has(subjectId) && { toldAt: now }) };
      if (firing === undefined) {
        const made = { alertId: alert.id, subjectId, subjectName, since, firedAt: now };
        await transaction.alertFiring.create({ data: { ...made, ...data } });
      } else if (!isSame(finding) || toldAt.has(subjectId)) {
        await transaction.alertFiring.updateMany({ where: { id: firing.id }, data });
      }
    }
    const ids = ended.map(({ id }) => id);
    if (ids.length > 0)
      await transaction.alertFiring.updateMany({ where: { id: { in: ids } }, data: { resolvedAt: now } });
    const messages: [AlertMessage["kind"], AlertLine[]][] = [
      ["fired", began.map(lineOf)],
      ["reminder", reminded.map(lineOf)],
      ["resolved", tellsEnd.map((firing) => ({ ...lineOf(firing), text: endText(firing, now, shown) }))],
    ];
    for (const [kind, lines] of messages) {
      if (lines.length === 0) continue;
      await transaction.alertMessage.create({ data: { alertId: alert.id, kind, lines, nextAt: now, createdAt: now } });
    }
    const old = { alertId: alert.id, createdAt: { lt: new Date(now.getTime() - keptMs) } };
    await transaction.alertMessage.deleteMany({ where: old });
    await transaction.alertFiring.deleteMany({
      where: { alertId: alert.id, resolvedAt: { lt: new Date(now.getTime() - keptMs) } },
    });
  });
}

/** Those of whom nobody was told within the last minutes: the rest waits, and is told if it still holds then. */
async function tellable(
  metadata: Metadata,
  alertId: string,
  untold: readonly Finding[],
  now: Date,
): Promise<Set<string>> {
  const ids = untold.map(({ subjectId }) => subjectId);
  if (ids.length === 0) return new Set();
  const recent = await metadata.alertFiring.findMany({
    where: { alertId, subjectId: { in: ids }, toldAt: { gt: new Date(now.getTime() - quietMs) } },
    select: { subjectId: true },
  });
  const quiet = new Set(recent.map(({ subjectId }) => subjectId));
  return new Set(ids.filter((id) => !quiet.has(id)));
}

function isDue(firing: AlertFiring | undefined, remindHours: number | null, now: Date): boolean {
  if (firing?.toldAt == null || remindHours === null) return false;
  return now.getTime() - firing.toldAt.getTime() >= remindHours * hourMs;
}

function lineOf({ subjectId, subjectName, text, since }: Finding): AlertLine {
  return { subjectId, subjectName, text, since: since.toISOString() };
}

function endText({ subjectName, firedAt }: AlertFiring, now: Date, shown: Look["shown"]): string {
  return `${subjectName}: no longer, since ${shown(now)}. It was so from ${shown(firedAt)} on.`;
}
