"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { messageOf } from "@/client/api-error";
import { formatMoment } from "@/client/format";
import { planVersionsQuery, useRestorePlan } from "@/client/queries/tracking-plan";
import { useTimeZone } from "@/client/queries/workspace";
import type { PlanVersion, TrackingPlan } from "@/core/api/tracking-plan";
import { Age } from "../ui/age";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";
import { notify, notifyProblem } from "../ui/toast";
import { ChangeList } from "../versions/change-list";
import { authorWords } from "../versions/version-entry";

/** Every version of the plan, newest first: who made it, when, and what changed; any can be restored. */
export function PlanVersions({ plan }: { plan: TrackingPlan }) {
  const query = useInfiniteQuery(planVersionsQuery);
  const more = nextPage(query);
  return (
    <Fetched query={query} what="The versions" loading={<ListSkeleton rows={6} label="Loading the versions" />}>
      {({ pages }) => {
        const versions = pages.flatMap((page) => page.items);
        if (versions.length === 0) return <p className="text-ink-2">The plan has no version yet.</p>;
        return (
          <>
            <ol aria-label="Versions" className="max-w-[90ch]">
              {versions.map((version) => (
                <Version key={version.version} version={version} holds={version.version === plan.version} />
              ))}
            </ol>
            {more && (
              <Button onClick={more} className="mt-3">
                Show earlier versions
              </Button>
            )}
            <NextPageProblem query={query} />
          </>
        );
      }}
    </Fetched>
  );
}

function Version({ version: entry, holds }: { version: PlanVersion; holds: boolean }) {
  const timeZone = useTimeZone();
  const restoring = useRestorePlan();
  const { version, restoredFrom, createdBy, createdAt, note, changes } = entry;
  const restore = () =>
    restoring.mutate(version, {
      onSuccess: (saved) => notify(`Version ${version} holds again, as version ${saved.version}.`),
      onError: (error) => notifyProblem(messageOf(error)),
    });
  return (
    <li className="flex gap-4 border-l border-line pb-6 pl-5 last:pb-0 max-desk:flex-col max-desk:gap-2">
      <div className="min-w-0 flex-1">
        <h2 className="flex flex-wrap items-center gap-2 font-head">
          Version {version}
          {holds && <Badge tone="accent">holds now</Badge>}
          {restoredFrom !== null && <Badge>version {restoredFrom} restored</Badge>}
        </h2>
        <p className="text-12 text-ink-3">
          {authorWords(createdBy)} · {formatMoment(createdAt, timeZone)} · <Age at={createdAt} />
        </p>
        {note && <p className="pt-1 text-ink-2">{note}</p>}
        <ChangeList changes={changes} className="pt-1.5" />
      </div>
      {!holds && (
        <Button
          className="self-start"
          aria-label={`Restore version ${version}`}
          disabled={restoring.isPending}
          onClick={restore}
        >
          Restore
        </Button>
      )}
    </li>
  );
}
