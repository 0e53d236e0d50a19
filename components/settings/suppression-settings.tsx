"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { suppressionsQuery } from "@/client/queries/suppressions";
import type { Suppression } from "@/core/api/suppressions";
import { Age } from "../ui/age";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { authorWords } from "../versions/author-words";
import { IdentifierDialog, type IdentifierTask } from "./identifier-dialog";
import { SettingsSection } from "./settings-section";

const kindWords = { user: "User id", anonymous: "Anonymous id", other: "Email or other id" } as const;
const hashShown = 12;

/** Ids whose messages are refused: who must not come back, and who must not come at all. */
export function SuppressionSettings() {
  const query = useInfiniteQuery(suppressionsQuery);
  const [task, setTask] = useState<IdentifierTask>();
  const more = nextPage(query);
  return (
    <SettingsSection
      title="Ids kept out"
      lead="Of people who were deleted, and those you suppress. Messages that name one are refused, and only its hash is kept."
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Fetched query={query} what="The ids" loading={<ListSkeleton rows={3} label="Loading the ids" />}>
          {({ pages }) => {
            const ids = pages.flatMap(({ items }) => items);
            if (ids.length === 0)
              return <p className="text-ink-3">No id is kept out. Ids of people who are deleted stand here.</p>;
            return <Ids ids={ids} />;
          }}
        </Fetched>
        <NextPageProblem query={query} />
        <div className="flex flex-wrap gap-2">
          {more && <Button onClick={more}>Show more</Button>}
          <Button onClick={() => setTask("suppress")}>Keep an id out…</Button>
          <Button onClick={() => setTask("lift")}>Let one come back…</Button>
        </div>
        <IdentifierDialog task={task} onClose={() => setTask(undefined)} />
      </div>
    </SettingsSection>
  );
}

function Ids({ ids }: { ids: readonly Suppression[] }) {
  return (
    <Table label="Hashes">
      <thead>
        <tr>
          <Th>Hash</Th>
          <Th>Kind</Th>
          <Th>Why</Th>
          <Th>By</Th>
          <Th figure>When</Th>
        </tr>
      </thead>
      <tbody>
        {ids.map(({ hash, kind, deletionId, by, at }) => (
          <Tr key={hash}>
            <RowHead>
              <code className="font-mono text-12" title={hash}>
                {hash.slice(0, hashShown)}…
              </code>
            </RowHead>
            <Td className="whitespace-nowrap text-ink-2">{kindWords[kind]}</Td>
            <Td className="whitespace-nowrap text-ink-2">{deletionId === null ? "suppressed" : "person deleted"}</Td>
            <Td className="max-w-40 truncate text-ink-2">{authorWords(by)}</Td>
            <Td figure className="text-ink-3">
              <Age at={at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
