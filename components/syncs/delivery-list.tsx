"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { deliveriesQuery } from "@/client/queries/syncs";
import { type Delivery, deliveryResults } from "@/core/api/syncs";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { SearchInput, Select } from "../ui/input";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";
import { Table, Th } from "../ui/table";
import { useDebounced } from "../ui/use-debounced";
import { DeliveryRow } from "./delivery-row";
import { resultNames } from "./result-names";

interface DeliveryListProps {
  which: { audienceId: string } | { destinationId: string } | { person: string };
}

/** Everybody who was sent, the latest first, with what became of it; one person is found by id or email. */
export function DeliveryList({ which }: DeliveryListProps) {
  const [typed, setTyped] = useState("");
  const [result, setResult] = useState<Delivery["result"] | undefined>();
  const person = useDebounced(typed.trim(), 250);
  const query = useInfiniteQuery(
    deliveriesQuery({ ...which, ...(person !== "" && { person }), ...(result && { result }) }),
  );
  const more = nextPage(query);
  const ofOne = "person" in which;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {!ofOne && (
        <div className="flex flex-wrap gap-2">
          <SearchInput
            aria-label="Person"
            placeholder="User id, email or profile id"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Select
            aria-label="Result"
            className="w-44"
            value={result ?? ""}
            onChange={({ target }) => setResult(deliveryResults.find((one) => one === target.value))}
          >
            <option value="">Any result</option>
            {deliveryResults.map((one) => (
              <option key={one} value={one}>
                {resultNames[one]}
              </option>
            ))}
          </Select>
        </div>
      )}
      <Fetched query={query} what="The deliveries" loading={<ListSkeleton rows={5} label="Loading deliveries" />}>
        {(items) =>
          items.length === 0 ? (
            <p className="text-ink-3">
              {person !== "" || result ? "No delivery fits." : "Nothing has been delivered yet."}
            </p>
          ) : (
            <Table label="Deliveries">
              <thead>
                <tr>
                  <Th>When</Th>
                  <Th>Change</Th>
                  <Th>Person</Th>
                  <Th>Result</Th>
                  <Th>Why</Th>
                </tr>
              </thead>
              <tbody>
                {items.map((delivery) => (
                  <DeliveryRow key={`${delivery.batch} ${delivery.syncId} ${delivery.key}`} delivery={delivery} />
                ))}
              </tbody>
            </Table>
          )
        }
      </Fetched>
      {more && (
        <div>
          <Button onClick={more}>Show more</Button>
        </div>
      )}
      <NextPageProblem query={query} />
    </div>
  );
}
