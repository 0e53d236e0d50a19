"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { deliveriesQuery } from "@/client/queries/syncs";
import { DeliveryList } from "./delivery-list";

/** What the tools were told of one person; nothing where they were told nothing. */
export function ProfileDeliveries({ id }: { id: string }) {
  const deliveries = useInfiniteQuery(deliveriesQuery({ person: id }));
  if (!deliveries.data || deliveries.data.length === 0) return null;
  return (
    <section aria-label="Deliveries">
      <h2 className="pb-1.5 font-head">Deliveries</h2>
      <DeliveryList which={{ person: id }} />
    </section>
  );
}
