"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { parseAsInteger, useQueryStates } from "nuqs";
import { versionsQuery } from "@/client/queries/audience-versions";
import type { AudienceVersion } from "@/core/api/audience-versions";
import type { AudienceWithCount } from "@/core/api/audiences";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";
import { VersionComparison } from "./version-comparison";
import { VersionEntry } from "./version-entry";

/** Every version of an audience, newest first: who made it, when, and what changed; any two can be compared, any restored. */
export function Versions({ audience }: { audience: AudienceWithCount }) {
  const query = useInfiniteQuery(versionsQuery(audience.id));
  const [compared, setCompared] = useQueryStates({ before: parseAsInteger, after: parseAsInteger });
  const { before, after } = compared;
  const more = nextPage(query);
  return (
    <Fetched query={query} what="The versions" loading={<ListSkeleton rows={6} label="Loading the versions" />}>
      {({ pages }) => {
        const versions = pages.flatMap((page) => page.items);
        const numbers = numbersOf(versions, audience.version);
        return (
          <>
            {before !== null && after !== null && (
              <VersionComparison
                audience={audience}
                before={before}
                after={after}
                numbers={numbers}
                onChange={(next) => void setCompared(next)}
                onClose={() => void setCompared({ before: null, after: null })}
              />
            )}
            <ol aria-label="Versions" className="max-w-[90ch]">
              {versions.map((version) => (
                <VersionEntry
                  key={version.version}
                  audience={audience}
                  version={version}
                  onCompare={(pair) => void setCompared(pair)}
                />
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

/** Versions are numbered from 1 without a gap, so that those not yet on the page can be named too. */
function numbersOf(versions: readonly AudienceVersion[], current: number): number[] {
  const newest = Math.max(current, ...versions.map(({ version }) => version));
  return Array.from({ length: newest }, (_, index) => newest - index);
}
