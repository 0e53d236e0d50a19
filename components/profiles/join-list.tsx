"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { formatMoment } from "@/client/format";
import { identityQuery } from "@/client/queries/identity";
import { useTimeZone } from "@/client/queries/workspace";
import type { IdentityEntry } from "@/core/api/identity";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { TextLink } from "../ui/text-link";
import { SplitDialog } from "./split-dialog";

const shownAtFirst = 6;

/** Why these identifiers are one person: what joined them, in words, and what can be undone. */
export function JoinList({ id }: { id: string }) {
  const identity = useQuery(identityQuery(id));
  const [parting, part] = useState<IdentityEntry>();
  const [all, showAll] = useState(false);
  return (
    <section aria-label="How identifiers were joined">
      <h2 className="pb-1.5 font-head">How identifiers were joined</h2>
      <Fetched query={identity} what="The joins" loading={<ListSkeleton rows={2} label="Loading the joins" />}>
        {({ log }) => (
          <>
            {log.length === 0 && (
              <p className="border-t border-line py-2 text-ink-3">One identifier; nothing was joined.</p>
            )}
            <ol>
              {(all ? log : log.slice(0, shownAtFirst)).map((entry) => (
                <JoinEntry key={entry.id} entry={entry} onUndo={() => part(entry)} />
              ))}
            </ol>
            {!all && log.length > shownAtFirst && (
              <TextLink onClick={() => showAll(true)}>Show all {log.length}</TextLink>
            )}
          </>
        )}
      </Fetched>
      <SplitDialog id={id} join={parting} onClose={() => part(undefined)} />
    </section>
  );
}

function JoinEntry({ entry, onUndo }: { entry: IdentityEntry; onUndo: () => void }) {
  const timeZone = useTimeZone();
  const [, point] = useQueryStates({ search: parseAsString, message: parseAsString }, { history: "push" });
  const { message } = entry;
  return (
    <li className="flex items-start justify-between gap-3 border-t border-line py-1.5">
      <div className="min-w-0">
        <p className="break-words">{entry.sentence}.</p>
        <p className="text-12 text-ink-3">
          {formatMoment(entry.at, timeZone)}
          {message && entry.action === "joined" && (
            <>
              {" · "}
              <TextLink onClick={() => void point({ search: message.messageId, message: message.messageId })}>
                Show the message
              </TextLink>
            </>
          )}
        </p>
      </div>
      {entry.holds && (
        <Button look="quiet" onClick={onUndo} aria-label={`Undo: ${entry.sentence}`}>
          Undo
        </Button>
      )}
    </li>
  );
}
