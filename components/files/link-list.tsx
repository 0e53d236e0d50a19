"use client";

import { useQuery } from "@tanstack/react-query";
import { messageOf } from "@/client/api-error";
import { formatDate, formatMinute } from "@/client/format";
import { membersLinksQuery, useRevokeMembersLink, useRevokeMembersLinks } from "@/client/queries/members-links";
import { useTimeZone } from "@/client/queries/workspace";
import { columnWords } from "../audiences/chosen-columns";
import { Age } from "../ui/age";
import { Button } from "../ui/button";
import { notify, notifyProblem } from "../ui/toast";
import { formatNames } from "./schedule-words";

/** The links to an audience's people that work now; each can be revoked. Nothing where there is none. */
export function LinkList({ audienceId }: { audienceId: string }) {
  const timeZone = useTimeZone();
  const links = useQuery(membersLinksQuery(audienceId)).data ?? [];
  const revoke = useRevokeMembersLink();
  const revokeAll = useRevokeMembersLinks();
  if (links.length === 0) return null;
  const onError = (error: Error) => notifyProblem(messageOf(error));
  const moment = (at: string) => `${formatDate(at, timeZone)} ${formatMinute(at, timeZone)}`;
  return (
    <section aria-label="Links that work" className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-head">Links that work</h2>
        {links.length > 1 && (
          <Button
            look="danger"
            disabled={revokeAll.isPending}
            onClick={() => revokeAll.mutate(audienceId, { onError, onSuccess: () => notify("All links are revoked.") })}
          >
            Revoke all
          </Button>
        )}
      </div>
      <ul>
        {links.map(({ id, format, columns, asOf, expiresAt, lastOpenedAt, createdAt }) => (
          <li
            key={id}
            className="flex min-h-row flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line py-1.5"
          >
            <div className="min-w-0">
              <p className="break-words">
                {formatNames[format]}: {columns.map(columnWords).join(", ")}
              </p>
              <p className="text-12 text-ink-3">
                Until {moment(expiresAt)}
                {asOf !== null && ` · who was in on ${moment(asOf)}`} · made <Age at={createdAt} /> ·{" "}
                {lastOpenedAt === null ? (
                  "never opened"
                ) : (
                  <>
                    last opened <Age at={lastOpenedAt} />
                  </>
                )}
              </p>
            </div>
            <Button
              aria-label={`Revoke the link made on ${moment(createdAt)}`}
              disabled={revoke.isPending}
              onClick={() => revoke.mutate(id, { onError, onSuccess: () => notify("The link is revoked.") })}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
