"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { formatPeople } from "@/client/format";
import { audiencesQuery } from "@/client/queries/audiences";
import { overviewQuery } from "@/client/queries/workspace";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { TextLink } from "../ui/text-link";

export function NoAudienceYet({ onShowArchived }: { onShowArchived: () => void }) {
  const people = useQuery(overviewQuery(30)).data?.people;
  const archived = useQuery(audiencesQuery({ archived: true })).data?.filter((audience) => audience.archivedAt) ?? [];
  return (
    <EmptyState
      title="No audience yet"
      className="max-w-2xl"
      actions={
        <>
          <Button asChild look="primary">
            <Link href="/audiences/new?starter=stuck">Stuck before activation</Link>
          </Button>
          <Button asChild>
            <Link href="/audiences/new">Start from one sentence</Link>
          </Button>
          {archived.length > 0 && <TextLink onClick={onShowArchived}>Show the archived</TextLink>}
        </>
      }
    >
      <p>
        Start with the people who signed up and never reached their first moment of value.
        {people !== undefined && people > 0 && ` They are somewhere among your ${formatPeople(people)}.`}
      </p>
    </EmptyState>
  );
}
