"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo, useState } from "react";
import { formatClock, formatCount } from "@/client/format";
import { type ChangeKind, overlapQuery } from "@/client/queries/audience-insight";
import { audienceNamesQuery } from "@/client/queries/audiences";
import { useTimeZone } from "@/client/queries/workspace";
import type { AudienceOverlap } from "@/core/api/audience-insight";
import type { AudienceDefinition } from "@/core/audience/definition";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { TextLink } from "../ui/text-link";
import { PeopleOf, type PeopleShown } from "./people-of";

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
  const definitions = new Map((audiences.data ?? []).map((audience) => [audience.id, audience.definition]));
  return (
    <Fetched query={query} what="The overlap" loading={<ListSkeleton rows={5} label="Loading the overlap" />}>
      {(overlap) => (
        <OverlapTable definition={definition} definitions={definitions} overlap={overlap} narrow={narrow} />
      )}
    </Fetched>
  );
}

interface OverlapTableProps {
  definition: AudienceDefinition;
  /** Of the other audiences by id. */
  definitions: ReadonlyMap<string, AudienceDefinition>;
  overlap: AudienceOverlap;
  narrow: boolean;
}

function OverlapTable({ definition, definitions, overlap, narrow }: OverlapTableProps) {
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
            const after = definitions.get(item.id);
            const figure = (kind: ChangeKind, count: number, words: string) => (
              <Td figure>
                {after === undefined ? (
                  formatCount(count)
                ) : (
                  <TextLink
                    aria-label={`${formatCount(count)} ${words}: show the people`}
                    onClick={() =>
                      setShown({
                        title: words.charAt(0).toUpperCase() + words.slice(1),
                        question: { kind, before: definition, after, asOf: overlap.asOf },
                      })
                    }
                  >
                    {formatCount(count)}
                  </TextLink>
                )}
              </Td>
            );
            return (
              <Tr key={item.id}>
                <RowHead className="max-w-60">
                  <Link href={`/audiences/${item.id}`} className="block truncate hover:underline">
                    {item.name}
                  </Link>
                </RowHead>
                {figure("staying", item.both, `here and in ${item.name}`)}
                {figure("leaving", item.onlyThis, `here and not in ${item.name}`)}
                {!narrow && (
                  <>
                    {figure("entering", item.onlyThat, `in ${item.name} and not here`)}
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
