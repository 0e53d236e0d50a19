"use client";

import { useQuery } from "@tanstack/react-query";
import { formatCount, formatPeople } from "@/client/format";
import { deliveryRequestsQuery } from "@/client/queries/syncs";
import { JsonView } from "../debugger/json-view";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { indented } from "./indented";

/** The requests that a person went in, and what was answered. */
export function DeliveryRequests({ batch }: { batch: string }) {
  const query = useQuery(deliveryRequestsQuery(batch));
  return (
    <Fetched query={query} what="The request" loading={<ListSkeleton rows={2} label="Loading the request" />}>
      {(requests) =>
        requests.map(({ at, method, url, request, status, answer, milliseconds, people }) => (
          <div key={`${at} ${url}`} className="grid grid-cols-[minmax(0,1fr)] gap-2">
            <p className="text-12 text-ink-2">
              {formatPeople(people)} in this request · {status === 0 ? "no answer" : `answered ${status}`} in{" "}
              {formatCount(milliseconds)} ms
            </p>
            <JsonView title={`${method} ${url}`} value={indented(request)} />
            {answer !== "" && <JsonView title="Answer" value={indented(answer)} />}
          </div>
        ))
      }
    </Fetched>
  );
}
