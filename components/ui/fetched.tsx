"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { messageOf } from "@/client/api-error";
import { formatClock } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import { Button } from "./button";
import { Problem } from "./field";
import { TextLink } from "./text-link";

interface FetchedProps<Data> {
  query: UseQueryResult<Data>;
  /** What could not be loaded, as the object of "could not be loaded": "The audiences". */
  what: string;
  /** Shown on the first load only. */
  loading: ReactNode;
  children: (data: Data) => ReactNode;
}

/** What a query answered; when a later try fails, the last good answer with its age and a retry. */
export function Fetched<Data>({ query, what, loading, children }: FetchedProps<Data>) {
  const timeZone = useTimeZone();
  if (query.data === undefined) {
    if (!query.isError) return loading;
    return (
      <div className="grid justify-items-start gap-3 py-3">
        <Problem>
          {what} could not be loaded. {messageOf(query.error)}
        </Problem>
        <Button onClick={() => void query.refetch()}>Retry</Button>
      </div>
    );
  }
  return (
    <>
      {query.isRefetchError && (
        <p role="alert" className="mb-3 text-violation">
          Shown as of {formatClock(query.dataUpdatedAt, timeZone)}: {messageOf(query.error)}{" "}
          <TextLink onClick={() => void query.refetch()}>Retry</TextLink>
        </p>
      )}
      {children(query.data)}
    </>
  );
}
