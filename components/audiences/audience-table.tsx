"use client";

import Link from "next/link";
import { useState } from "react";
import { formatCount, formatMinute, formatShare } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { ListedAudience } from "@/core/api/audiences";
import { Age } from "../ui/age";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { AudienceMenu } from "./audience-menu";
import { RenameDialog } from "./rename-dialog";
import { TagList } from "./tag-list";
import { type SavedCount, useCounts } from "./use-counts";

export function AudienceTable({ audiences }: { audiences: readonly ListedAudience[] }) {
  const timeZone = useTimeZone();
  const [renaming, setRenaming] = useState<ListedAudience>();
  const counts = useCounts(audiences);
  const asOf = audiences.map(({ id }) => counts.get(id)).find((count) => typeof count === "object")?.asOf;
  return (
    <>
      <Table label="Audiences">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th figure>
              People{asOf && <span className="max-desk:sr-only"> as of {formatMinute(asOf, timeZone)}</span>}
            </Th>
            <Th figure>Share</Th>
            <Th figure className="max-desk:hidden">
              Version
            </Th>
            <Th figure>Changed</Th>
            <Th className="w-8">
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {audiences.map((audience) => (
            <Tr key={audience.id}>
              <RowHead className="max-w-96 py-1 max-desk:max-w-36">
                <span className="flex items-center gap-2 max-desk:flex-wrap max-desk:gap-y-0.5">
                  <Link href={`/audiences/${audience.id}`} className="min-w-0 truncate font-word hover:underline">
                    {audience.name}
                  </Link>
                  {audience.tags.length > 0 && <TagList tags={audience.tags} />}
                </span>
                {audience.description && <p className="truncate text-12 text-ink-3">{audience.description}</p>}
              </RowHead>
              <Size audience={audience} count={counts.get(audience.id)} />
              <Td figure className="text-ink-3 max-desk:hidden">
                {audience.version}
              </Td>
              <Td figure className="text-ink-3">
                <Age at={audience.updatedAt} suffix="" />
              </Td>
              <Td>
                <AudienceMenu audience={audience} onRename={() => setRenaming(audience)} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <RenameDialog audience={renaming} onClose={() => setRenaming(undefined)} />
    </>
  );
}

/** The two figures of a row; a dash until they are counted, and a word where they cannot be. */
function Size({ audience, count }: { audience: ListedAudience; count: SavedCount | undefined }) {
  if (count === undefined || count === "failed") {
    return (
      <>
        <Td figure className="text-ink-3">
          {count === undefined ? "–" : "not counted"}
        </Td>
        <Td figure className="text-ink-3">
          –
        </Td>
      </>
    );
  }
  return (
    <>
      <Td figure>
        <Link href={`/audiences/${audience.id}`} className="hover:underline">
          <b>{formatCount(count.count)}</b>
        </Link>
      </Td>
      <Td figure className="text-ink-3">
        {count.candidates > 0 ? (
          <>
            {formatShare(count.count / count.candidates)}
            <span className="max-desk:hidden"> of {formatCount(count.candidates)}</span>
          </>
        ) : (
          "–"
        )}
      </Td>
    </>
  );
}
