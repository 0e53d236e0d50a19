"use client";

import Link from "next/link";
import { messageOf } from "@/client/api-error";
import { formatCount, formatPeople } from "@/client/format";
import { useCompareSync, useRepairSync } from "@/client/queries/syncs";
import type { Sync, SyncComparison } from "@/core/api/syncs";
import { Button } from "../ui/button";
import { Problem } from "../ui/field";
import { notify } from "../ui/toast";

type Asked = Extract<SyncComparison, { isAsked: true }>;

/** Asks a tool whom it has, shows both differences, and sends exactly those. */
export function Comparison({ sync: { id, destination } }: { sync: Sync }) {
  const compare = useCompareSync();
  const found = compare.data;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div>
        <Button look="quiet" className="-ml-2.5" disabled={compare.isPending} onClick={() => compare.mutate(id)}>
          {compare.isPending ? `Asking ${destination.name}` : "Compare with the tool"}
        </Button>
      </div>
      {compare.isError && <Problem>{messageOf(compare.error)}</Problem>}
      {found?.isAsked === false && <p className="text-ink-2">{found.reason}</p>}
      {found?.isAsked && <Differences id={id} found={found} onRepaired={() => compare.reset()} />}
    </div>
  );
}

function Differences({ id, found, onRepaired }: { id: string; found: Asked; onRepaired: () => void }) {
  const repair = useRepairSync();
  const { there, expected, missing, extra, strangers } = found;
  const toSend = missing + extra - strangers;
  return (
    <section aria-label="Comparison" className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-4 bg-sunken p-3">
      <p role="status">
        The tool has {formatPeople(there)}, and should have {formatCount(expected)}.{" "}
        {missing + extra === 0 ? (
          <b className="text-in">Both are the same.</b>
        ) : (
          <>
            It lacks <b className="text-in">{formatCount(missing)}</b>, and has{" "}
            <b className="text-out">{formatCount(extra)}</b> whom it should not have.
          </>
        )}
        {strangers > 0 && ` ${formatPeople(strangers)} of those are not known here and are left alone.`}
      </p>
      <Names title="Lacking" people={found.missingPeople} all={missing} />
      <Names title="Too many" people={found.extraPeople} all={extra} />
      {repair.isError && <Problem>{messageOf(repair.error)}</Problem>}
      {toSend > 0 && (
        <div>
          <Button
            look="primary"
            disabled={repair.isPending}
            onClick={() =>
              repair.mutate(id, {
                onSuccess: ({ entering, leaving }) => {
                  notify(`${formatPeople(entering)} are sent again, ${formatPeople(leaving)} are taken out.`);
                  onRepaired();
                },
              })
            }
          >
            Repair: send {formatPeople(toSend)}
          </Button>
        </div>
      )}
    </section>
  );
}

interface NamesProps {
  title: string;
  people: readonly { identifier: string; profileId: string | null }[];
  all: number;
}

function Names({ title, people, all }: NamesProps) {
  if (people.length === 0) return null;
  return (
    <details>
      <summary className="cursor-pointer">
        {title}: {formatPeople(all)}
      </summary>
      <ul className="max-h-60 overflow-y-auto pt-1">
        {people.map(({ identifier, profileId }) => (
          <li key={identifier} className="break-all">
            {profileId === null ? (
              identifier
            ) : (
              <Link href={`/profiles/${profileId}`} className="hover:underline">
                {identifier}
              </Link>
            )}
          </li>
        ))}
        {all > people.length && <li className="text-ink-3">and {formatCount(all - people.length)} more</li>}
      </ul>
    </details>
  );
}
