"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { formatCount } from "@/client/format";
import { destinationsQuery } from "@/client/queries/destinations";
import { toolOf } from "@/core/destinations/tools";
import { Page } from "../shell/page";
import { Age } from "../ui/age";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { HealthBadge } from "./health";

/** The tools that people are sent to. */
export function DestinationsPage() {
  const destinations = useQuery(destinationsQuery);
  const add = (
    <Button look="primary" asChild>
      <Link href="/destinations/new">
        <Plus aria-hidden />
        Add a destination
      </Link>
    </Button>
  );
  return (
    <Page title="Destinations" actions={destinations.data && destinations.data.length > 0 && add}>
      <Fetched
        query={destinations}
        what="The destinations"
        loading={<ListSkeleton rows={4} label="Loading destinations" />}
      >
        {(items) =>
          items.length === 0 ? (
            <EmptyState title="No destination yet" className="max-w-2xl" actions={add}>
              <p>
                A destination is a tool that reaches people: an email tool, a CRM, a webhook of your own. Connect it
                once, then send it any audience; people enter and leave there as they do here.
              </p>
            </EmptyState>
          ) : (
            <Table label="Destinations">
              <thead>
                <tr>
                  <Th>Destination</Th>
                  <Th className="max-desk:hidden">Tool</Th>
                  <Th>Health</Th>
                  <Th figure>Syncs</Th>
                  <Th figure>Last delivery</Th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, name, tool, health }) => (
                  <Tr key={id} className="relative">
                    <RowHead className="max-w-80 truncate">
                      <Link
                        href={`/destinations/${id}`}
                        className="font-word after:absolute after:inset-0 hover:underline"
                      >
                        {name}
                      </Link>
                    </RowHead>
                    <Td className="text-ink-2 max-desk:hidden">{toolOf(tool)?.name ?? tool}</Td>
                    <Td>
                      <HealthBadge health={health} />
                    </Td>
                    <Td figure>{formatCount(health.syncs)}</Td>
                    <Td figure className="text-ink-3">
                      {health.lastDeliveredAt ? <Age at={health.lastDeliveredAt} /> : "never"}
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )
        }
      </Fetched>
    </Page>
  );
}
