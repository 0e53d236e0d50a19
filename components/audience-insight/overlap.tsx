"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo, useState } from "react";
import { formatClock, formatCount } from "@/client/format";
import { overlapQuery } from "@/client/queries/audience-insight";
import { audienceNamesQuery } from "@/client/queries/audiences";
import { useTimeZone } from "@/client/queries/workspace";
import type { AudienceOverlap } from "@/core/api/audience-insight";
import type { AudienceDefinition } from "@/core/audience/definition";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { TextLink } from "../ui/text-link";
import { PeopleOf, type PeopleShown } from "./people-of";
import { withCondition } from "./with-condition";

interface OverlapProps {
  definition: AudienceDefinition;
  /** The audience itself, which overlaps with itself. */
  exceptId: string | null;
  /** Leaves out the columns that follow from the others. */
  narrow?: boolean;
}

/** As many as the server takes at once; those changed last. */
const most = 200;

/** What a definition has in common with the other audiences, most first. */
export function Overlap({ definition, exceptId, narrow = false }: OverlapProps) {
  const audiences = useQuery(audienceNamesQuery);
  const ids = useMemo(
    () =>
      (audiences.data ?? [])
        .map(({ id }) => id)
        .filter((id) => id !== exceptId)
        .slice(0, most),
    [audiences.data, exceptId],
  );
  const query = useQuery(overlapQuery(definition, ids));
  if (audiences.data && ids.length === 0) {
    return <p className="text-ink-2">There is no other audience yet to have people in common with.</p>;
  }
  return (
    <Fetched query={query} what="The overlap" loading={<ListSkeleton rows={5} label="Loading the overlap" />}>
      {(overlap) => <OverlapTable definition={definition} overlap={overlap} narrow={narrow} />}
    </Fetched>
  );
}

interface OverlapTableProps {
  definition: AudienceDefinition;
  overlap: AudienceOverlap;
  narrow: boolean;
}

function OverlapTable({ definition, overlap, narrow }: OverlapTableProps) {
  const [shown, setShown] = useState<PeopleShown | null>(null);
  const timeZone = useTimeZone();
  const items = overlap.items.toSorted((one, other) => other.both - one.both);
  return (
    <>
      <Table label="People in common with other audiences">
        <thead>
          <tr>
            <Th>Audience</Th>
            <Th figure>In both</Th>
            <Th figure>Only here</Th>
            {!narrow && (
              <>
                <Th figure>Only there</Th>
                <Th figure>In either</Th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const people = (title: string, member: boolean) => () =>
              setShown({
                title: `${title} ${item.name}`,
                question: {
                  kind: "members",
                  definition: withCondition(definition, { kind: "audience", audienceId: item.id, member }),
                  asOf: overlap.asOf,
                },
              });
            return (
              <Tr key={item.id}>
                <RowHead className="max-w-60">
                  <Link href={`/audiences/${item.id}`} className="block truncate hover:underline">
                    {item.name}
                  </Link>
                </RowHead>
                <Td figure>
                  <TextLink
                    aria-label={`${formatCount(item.both)} in both, this and ${item.name}: show the people`}
                    onClick={people("Here and in", true)}
                  >
                    {formatCount(item.both)}
                  </TextLink>
                </Td>
                <Td figure>
                  <TextLink
                    aria-label={`${formatCount(item.onlyThis)} here and not in ${item.name}: show the people`}
                    onClick={people("Here and not in", false)}
                  >
                    {formatCount(item.onlyThis)}
                  </TextLink>
                </Td>
                {!narrow && (
                  <>
                    <Td figure className="text-ink-2">
                      {formatCount(item.onlyThat)}
                    </Td>
                    <Td figure className="text-ink-2">
                      {formatCount(item.either)}
                    </Td>
                  </>
                )}
              </Tr>
            );
          })}
        </tbody>
      </Table>
      <p className="pt-2 text-12 text-ink-3">as of {formatClock(overlap.asOf, timeZone)} · exact</p>
      <PeopleOf shown={shown} onClose={() => setShown(null)} />
    </>
  );
}
