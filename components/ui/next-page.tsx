"use client";

import { messageOf } from "@/client/api-error";
import { Problem } from "./field";
import { TextLink } from "./text-link";

/** The part of an infinite query that asks for more. */
interface Paged {
  hasNextPage: boolean;
  isFetching: boolean;
  isFetchNextPageError: boolean;
  error: Error | null;
  fetchNextPage: () => Promise<unknown>;
}

/** Asks for the next page; undefined while there is none to ask for, one is on its way, or one has failed. */
export function nextPage(query: Paged): (() => void) | undefined {
  if (!query.hasNextPage || query.isFetching || query.isFetchNextPageError) return undefined;
  return () => void query.fetchNextPage();
}

/** Where a list ends because its next page failed. */
export function NextPageProblem({ query }: { query: Paged }) {
  if (!query.isFetchNextPageError) return null;
  return (
    <div className="border-t border-line py-2.5">
      <Problem>
        The next rows could not be loaded. {messageOf(query.error)}{" "}
        <TextLink disabled={query.isFetching} onClick={() => void query.fetchNextPage()}>
          Retry
        </TextLink>
      </Problem>
    </div>
  );
}
