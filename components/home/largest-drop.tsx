"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { messageOf } from "@/client/api-error";
import { formatCount, formatPeople, formatShare } from "@/client/format";
import { useCreateAudience } from "@/client/queries/audiences";
import { largestDropQuery } from "@/client/queries/largest-drop";
import { figureDefinition } from "@/core/funnel/to-audience";
import { Button } from "../ui/button";
import { Problem } from "../ui/field";
import { NextCard, NextCardRoom } from "./next-card";

/** Where most people are lost, with the way to reach exactly those. Only room for it while that is not known. */
export function LargestDrop() {
  const router = useRouter();
  const { data: drop, isPending } = useQuery(largestDropQuery);
  const create = useCreateAudience();
  if (isPending) return <NextCardRoom />;
  if (!drop) return null;
  const { funnel, step, from, to } = drop;
  const name = `${from.label}, then not ${to.label}`.slice(0, 200);
  return (
    <NextCard
      title={`${formatPeople(from.dropped)} got to ${from.label} and not to ${to.label}. It is the largest drop.`}
      actions={
        <>
          <Button asChild>
            <Link href={`/funnels/${funnel.id}`}>See the funnel</Link>
          </Button>
          <Button
            look="primary"
            disabled={create.isPending}
            onClick={() =>
              create.mutate(
                { name, definition: figureDefinition(funnel.funnel, { step, outcome: "dropped" }) },
                { onSuccess: (audience) => router.push(`/audiences/${audience.id}`) },
              )
            }
          >
            Make audience
          </Button>
        </>
      }
    >
      {to.fromPrevious !== null &&
        `${formatShare(to.fromPrevious)} of ${formatPeople(from.people)} go on, in the funnel ${funnel.name}. `}
      {from.pending > 0 && `${formatCount(from.pending)} still have time.`}
      {create.isError && <Problem>{messageOf(create.error)}</Problem>}
    </NextCard>
  );
}
