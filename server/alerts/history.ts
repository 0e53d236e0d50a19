import * as z from "zod";
import type { AlertMessage as MessageRow } from "@/generated/prisma/client";
import { type AlertMessage, lines, messageKinds, messageStatuses } from "../../core/api/alerts";
import type { Metadata } from "../metadata/scoped";

export function shownMessage(row: MessageRow): AlertMessage {
  return {
    id: row.id,
    kind: z.enum(messageKinds).parse(row.kind),
    lines: lines.parse(row.lines),
    status: z.enum(messageStatuses).parse(row.status),
    attempts: row.attempts,
    nextAt: row.nextAt?.toISOString() ?? null,
    toldAt: row.toldAt?.toISOString() ?? null,
    failure: row.failure,
    createdAt: row.createdAt.toISOString(),
  };
}

/** What an alert told and is to tell, the latest first. */
export async function listMessages(
  metadata: Metadata,
  alertId: string,
  page: { limit: number; after: string | undefined },
): Promise<AlertMessage[]> {
  const rows = await metadata.alertMessage.findMany({
    where: { alertId, ...(page.after !== undefined && { id: { lt: page.after } }) },
    orderBy: { id: "desc" },
    take: page.limit,
  });
  return rows.map(shownMessage);
}
