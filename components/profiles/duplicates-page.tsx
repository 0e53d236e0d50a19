"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { duplicatesQuery, useDismissDuplicate } from "@/client/queries/identity";
import type { SuspectedDuplicate } from "@/core/api/identity";
import type { Person } from "@/core/api/shared";
import { Page } from "../shell/page";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { Problem } from "../ui/field";
import { ListSkeleton } from "../ui/skeleton";
import { MergeDialog } from "./merge-dialog";
import { personName } from "./people-table";

/** Pairs of people who may be the same, to be joined or told apart. */
export function DuplicatesPage() {
  const duplicates = useQuery(duplicatesQuery);
  const [joining, join] = useState<readonly [Person, Person]>();
  return (
    <Page title="Possible duplicates" crumbs={[{ label: "People", href: "/profiles" }]}>
      <p className="max-w-2xl pb-3 text-ink-2">
        People with the same email, in any case, and people whose messages came from the same device.
      </p>
      <Fetched
        query={duplicates}
        what="The pairs"
        loading={<ListSkeleton rows={6} label="Loading possible duplicates" />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No two people look like the same">
              <p>Pairs appear here as soon as messages suggest them.</p>
            </EmptyState>
          ) : (
            <ul aria-label="Possible duplicates" className="max-w-3xl">
              {items.map((pair) => (
                <Pair key={pair.people.map(({ id }) => id).join()} pair={pair} onJoin={join} />
              ))}
            </ul>
          )
        }
      </Fetched>
      {joining && <MergeDialog person={joining[0]} other={joining[1]} open onClose={() => join(undefined)} />}
    </Page>
  );
}

interface PairProps {
  pair: SuspectedDuplicate;
  onJoin: (people: readonly [Person, Person]) => void;
}

function Pair({ pair: { people, reason, shared }, onJoin }: PairProps) {
  const dismiss = useDismissDuplicate();
  const [one, other] = people;
  if (one === undefined || other === undefined) return null;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 border-t border-line py-2.5 max-desk:grid-cols-1">
      <div className="min-w-0">
        <p className="flex flex-wrap gap-x-2">
          <PersonName person={one} /> <span className="text-ink-3">and</span> <PersonName person={other} />
        </p>
        <p className="truncate text-12 text-ink-3">
          {reason === "email" ? "Both have the email" : "Both sent from the device"} {shared}
        </p>
        {dismiss.isError && <Problem>{messageOf(dismiss.error)}</Problem>}
      </div>
      <div className="flex gap-2">
        <Button disabled={dismiss.isPending} onClick={() => dismiss.mutate([one.id, other.id])}>
          Not the same
        </Button>
        <Button onClick={() => onJoin([one, other])}>Join…</Button>
      </div>
    </li>
  );
}

function PersonName({ person }: { person: Person }) {
  return (
    <Link href={`/profiles/${person.id}`} className="min-w-0 truncate font-word hover:underline">
      {person.userId ?? personName(person)}
    </Link>
  );
}
