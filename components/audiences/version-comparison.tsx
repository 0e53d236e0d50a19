"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatChange, formatClock, formatCount, formatPeople } from "@/client/format";
import type { ChangeKind } from "@/client/queries/audience-insight";
import { compareVersionsQuery, versionQuery } from "@/client/queries/audience-versions";
import { useTimeZone } from "@/client/queries/workspace";
import type { AudienceWithCount } from "@/core/api/audiences";
import { PeopleOf, type PeopleShown } from "../audience-insight/people-of";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { TextLink } from "../ui/text-link";
import { ChangeList } from "../versions/change-list";
import type { VersionPair } from "../versions/comparison-frame";
import { DefinitionText } from "./definition-text";

/** What changed between two versions, whom that lets in and out, and what each says. */
export function VersionComparison({ audience, before, after }: VersionPair & { audience: AudienceWithCount }) {
  return (
    <>
      <Effect audience={audience} before={before} after={after} />
      <div className="grid grid-cols-2 gap-6 max-desk:grid-cols-1">
        <Side id={audience.id} version={before} />
        <Side id={audience.id} version={after} />
      </div>
    </>
  );
}

function Side({ id, version }: { id: string; version: number }) {
  const query = useQuery(versionQuery(id, version));
  return (
    <div className="min-w-0">
      <h2 className="pb-1.5 font-head">Version {version}</h2>
      <Fetched query={query} what="The version" loading={<ListSkeleton rows={3} label="Loading the version" />}>
        {(found) =>
          found ? (
            <DefinitionText definition={found.definition} label={`Version ${version}`} />
          ) : (
            <p>There is no such version.</p>
          )
        }
      </Fetched>
    </div>
  );
}

function Effect({ audience, before, after }: VersionPair & { audience: AudienceWithCount }) {
  const query = useQuery(compareVersionsQuery(audience.id, before, after));
  const sides = [useQuery(versionQuery(audience.id, before)).data, useQuery(versionQuery(audience.id, after)).data];
  const [shown, setShown] = useState<PeopleShown | null>(null);
  const timeZone = useTimeZone();
  return (
    <Fetched query={query} what="The comparison" loading={<ListSkeleton rows={3} label="Loading the comparison" />}>
      {(compared) => {
        const [old, next] = sides;
        const open = (kind: ChangeKind, title: string) => () => {
          if (!old || !next) return;
          const question = { kind, before: old.definition, after: next.definition, asOf: compared.asOf };
          setShown({ title, question });
        };
        const { entering, leaving, staying } = compared;
        return (
          <>
            <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 pb-1 text-ink-2">
              <span>
                {formatCount(compared.before.count)} → <b className="text-16">{formatPeople(compared.after.count)}</b>
              </span>
              <TextLink onClick={open("entering", `In version ${after} and not in ${before}`)}>
                {entering.count === 0 ? "0" : formatChange(entering.count)} enter
              </TextLink>
              <TextLink onClick={open("leaving", `In version ${before} and not in ${after}`)}>
                {leaving.count === 0 ? "0" : formatChange(-leaving.count)} leave
              </TextLink>
              <TextLink onClick={open("staying", `In both versions`)}>{formatCount(staying.count)} stay</TextLink>
            </p>
            <p className="pb-3 text-12 text-ink-3">as of {formatClock(compared.asOf, timeZone)} · exact</p>
            <ChangeList changes={compared.changes} className="pb-4" />
            <PeopleOf shown={shown} onClose={() => setShown(null)} />
          </>
        );
      }}
    </Fetched>
  );
}
