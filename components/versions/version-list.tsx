"use client";

import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { parseAsInteger, useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import type { VersionFacts } from "@/core/api/versions";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";
import { ComparisonFrame, type VersionPair } from "./comparison-frame";
import { VersionEntry } from "./version-entry";

interface VersionListProps {
  query: UseInfiniteQueryResult<{ pages: { items: VersionFacts[] }[] }>;
  /** The version that holds. */
  current: number;
  /** Absent where nothing can be restored, as of what is archived. */
  restore: ((version: number) => void) | undefined;
  restoring: boolean;
  /** What two versions come to beside each other; absent where their changes in words say all. */
  comparison?: (pair: VersionPair) => ReactNode;
}

/** Every version of something, newest first: who made it, when, and what changed; any two can be compared, any restored. */
export function VersionList({ query, current, restore, restoring, comparison }: VersionListProps) {
  const [compared, setCompared] = useQueryStates({ before: parseAsInteger, after: parseAsInteger });
  const { before, after } = compared;
  const more = nextPage(query);
  return (
    <Fetched query={query} what="The versions" loading={<ListSkeleton rows={6} label="Loading the versions" />}>
      {({ pages }) => {
        const versions = pages.flatMap((page) => page.items);
        if (versions.length === 0) return <p className="text-ink-2">There is no version yet.</p>;
        return (
          <>
            {comparison && before !== null && after !== null && (
              <ComparisonFrame
                pair={{ before, after }}
                numbers={numbersOf(versions, current)}
                onChange={(next) => void setCompared(next)}
                onClose={() => void setCompared({ before: null, after: null })}
              >
                {comparison({ before, after })}
              </ComparisonFrame>
            )}
            <ol aria-label="Versions" className="max-w-[90ch]">
              {versions.map((version) => (
                <VersionEntry
                  key={version.version}
                  version={version}
                  current={current}
                  restoring={restoring}
                  onRestore={restore && (() => restore(version.version))}
                  onCompare={comparison && ((pair) => void setCompared(pair))}
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
function numbersOf(versions: readonly VersionFacts[], current: number): number[] {
  const newest = Math.max(current, ...versions.map(({ version }) => version));
  return Array.from({ length: newest }, (_, index) => newest - index);
}
