"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { formatCount, formatShare } from "@/client/format";
import { audiencesQuery } from "@/client/queries/audiences";
import { Age } from "../ui/age";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { TextLink } from "../ui/text-link";

const shown = 6;

export function AudienceList() {
  const audiences = useQuery(audiencesQuery({ archived: false }));
  return (
    <section aria-label="Audiences" className="min-w-0">
      <div className="flex items-baseline justify-between pb-1.5">
        <h2 className="font-head">Audiences</h2>
        {audiences.data && audiences.data.length > 0 && (
          <TextLink asChild className="text-12">
            <Link href="/audiences">All {formatCount(audiences.data.length)}</Link>
          </TextLink>
        )}
      </div>
      <Fetched query={audiences} what="The audiences" loading={<ListSkeleton rows={3} label="Loading audiences" />}>
        {(items) =>
          items.length === 0 ? (
            <p className="border-t border-line py-2 text-ink-2">
              No audience yet.{" "}
              <TextLink asChild>
                <Link href="/audiences/new">Make an audience</Link>
              </TextLink>
            </p>
          ) : (
            <Table label="Audiences with their counts">
              <thead>
                <tr>
                  <Th>Name</Th>
                  <Th figure>People</Th>
                  <Th figure>Share</Th>
                  <Th figure>Changed</Th>
                </tr>
              </thead>
              <tbody>
                {items.slice(0, shown).map((audience) => (
                  <Tr key={audience.id}>
                    <RowHead>
                      <Link href={`/audiences/${audience.id}`} className="hover:underline">
                        {audience.name}
                      </Link>
                    </RowHead>
                    <Td figure>{formatCount(audience.count)}</Td>
                    <Td figure className="text-ink-3">
                      {audience.candidates > 0 ? formatShare(audience.count / audience.candidates) : "–"}
                    </Td>
                    <Td figure className="text-ink-3">
                      <Age at={audience.updatedAt} />
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )
        }
      </Fetched>
    </section>
  );
}
