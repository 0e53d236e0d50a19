"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount, formatNoun } from "@/client/format";
import { type KeptReason, keptQuery, keptReasonsQuery } from "@/client/queries/debugger";
import { Age } from "../ui/age";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { TextLink } from "../ui/text-link";
import { KeptRow } from "./kept-row";
import { MessageFilter, useMessageFilter } from "./message-filter";
import { useReplaying } from "./use-replaying";
import { verdictWords } from "./verdict-badge";

/** What was refused, held back or had come before: by reason, and one by one; each can be replayed. */
export function KeptMessages() {
  const [{ source }] = useMessageFilter();
  const [reason, setReason] = useState<KeptReason | null>(null);
  const query = useQuery(keptReasonsQuery(source ?? undefined));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <MessageFilter live={false} />
      <Fetched query={query} what="What is kept aside" loading={<ListSkeleton rows={4} label="Loading the reasons" />}>
        {({ items, keptDays, keptMessages }) => (
          <>
            <Reasons
              reasons={items}
              chosen={reason}
              onChoose={(next) =>
                setReason(next?.code === reason?.code && next?.verdict === reason?.verdict ? null : next)
              }
              sourceId={source ?? undefined}
            />
            <p className="-mt-3 text-12 text-ink-3">
              Kept for {keptDays} days, at most {formatCount(keptMessages)} that came by requests, the oldest going
              first. Of duplicates 100 of each source and minute are kept; all are counted.
            </p>
            <KeptList reason={reason} />
          </>
        )}
      </Fetched>
    </div>
  );
}

interface ReasonsProps {
  reasons: readonly KeptReason[];
  chosen: KeptReason | null;
  onChoose: (reason: KeptReason) => void;
  sourceId: string | undefined;
}

function Reasons({ reasons, chosen, onChoose, sourceId }: ReasonsProps) {
  const { replay, replaying } = useReplaying();
  if (reasons.length === 0) {
    return (
      <EmptyState title="Nothing is kept aside" className="max-w-2xl">
        <p>Messages that are refused, held back by the tracking plan, or come twice are kept here with the reason.</p>
      </EmptyState>
    );
  }
  return (
    <Table label="Reasons" className="table-fixed">
      <thead>
        <tr>
          <Th>Reason</Th>
          <Th figure className="w-24 max-desk:w-14">
            <span className="max-desk:sr-only">Messages</span>
          </Th>
          <Th figure className="w-28 max-desk:hidden">
            Last
          </Th>
          <Th figure className="w-28">
            <span className="sr-only">Replay</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {reasons.map((one) => {
          const { verdict, code, message, count, lastAt } = one;
          const isChosen = chosen?.code === code && chosen.verdict === verdict;
          return (
            <Tr key={`${verdict} ${code}`} className={isChosen ? "bg-accent-soft" : undefined}>
              <RowHead className="py-1.5">
                <button
                  type="button"
                  aria-pressed={isChosen}
                  onClick={() => onChoose(one)}
                  className="max-w-full text-left"
                >
                  <span className="block truncate font-word hover:underline">
                    {verdictWords(verdict)} <code className="font-mono text-12 font-text text-ink-3">{code}</code>
                  </span>
                  <span className="block truncate text-12 text-ink-3">{message}</span>
                </button>
              </RowHead>
              <Td figure>{formatCount(count)}</Td>
              <Td figure className="text-ink-3 max-desk:hidden">
                <Age at={lastAt} />
              </Td>
              <Td figure>
                <Button
                  look="quiet"
                  disabled={replaying}
                  aria-label={`Replay all of ${code}`}
                  onClick={() => replay({ reason: { verdict, code, sourceId } })}
                >
                  Replay all
                </Button>
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function KeptList({ reason }: { reason: KeptReason | null }) {
  const [{ source, event, user }] = useMessageFilter();
  const filter = {
    sourceId: source ?? undefined,
    event: event ?? undefined,
    user: user ?? undefined,
    verdict: reason?.verdict,
    code: reason?.code,
  };
  const query = useInfiniteQuery(keptQuery(filter));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { replay, replaying } = useReplaying();
  const more = nextPage(query);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Fetched query={query} what="The messages" loading={<ListSkeleton rows={8} label="Loading the messages" />}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0)
          return reason && <p className="text-ink-2">No message of this reason fits the filter.</p>;
        return (
          <section aria-label="Messages kept aside">
            <div className="flex min-h-ctl items-center gap-3 pb-1.5">
              <h2 className="font-head">Messages</h2>
              {chosen.size > 0 && (
                <>
                  <Button disabled={replaying} onClick={() => replay({ ids: [...chosen] }, () => setChosen(new Set()))}>
                    Replay {formatNoun(chosen.size, "message")}
                  </Button>
                  <TextLink onClick={() => setChosen(new Set())}>Choose none</TextLink>
                </>
              )}
            </div>
            <ol aria-label="Messages">
              {items.map((message) => (
                <KeptRow
                  key={message.id}
                  message={message}
                  chosen={chosen.has(message.id)}
                  onChoose={() => toggle(message.id)}
                />
              ))}
            </ol>
            {more && (
              <Button onClick={more} className="mt-3">
                Show more
              </Button>
            )}
            <NextPageProblem query={query} />
          </section>
        );
      }}
    </Fetched>
  );
}
