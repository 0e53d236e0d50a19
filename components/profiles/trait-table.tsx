"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatMoment } from "@/client/format";
import { accountTraitHistoryQuery } from "@/client/queries/accounts";
import { traitHistoryQuery } from "@/client/queries/profiles";
import { useTimeZone } from "@/client/queries/workspace";
import type { Person } from "@/core/api/shared";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { traitText } from "./trait-text";

interface TraitTableProps {
  id: string;
  of?: "person" | "account";
  traits: Person["traits"];
}

/** Traits with their values; each opens the values that it had before. */
export function TraitTable({ id, of = "person", traits }: TraitTableProps) {
  const entries = Object.entries(traits).sort(([a], [b]) => a.localeCompare(b));
  const [opened, open] = useState<string>();
  return (
    <section aria-label="Traits">
      <h2 className="pb-1.5 font-head">Traits</h2>
      {entries.length === 0 ? (
        <p className="border-t border-line py-2 text-ink-3">
          No {of === "account" ? "group call" : "identify"} has set a trait.
        </p>
      ) : (
        <Table label="Traits and their values" className="table-fixed">
          <thead>
            <tr>
              <Th className="w-[40%]">Trait</Th>
              <Th>Value</Th>
            </tr>
          </thead>
          <tbody>
            {entries.map(([name, value]) => (
              <Tr key={name}>
                <RowHead className="font-word">
                  <button
                    type="button"
                    aria-expanded={opened === name}
                    aria-label={`${name}: values that it had`}
                    onClick={() => open(opened === name ? undefined : name)}
                    className="max-w-full truncate rounded-1 text-left underline decoration-line-strong decoration-dotted underline-offset-3 hover:decoration-ink"
                  >
                    {name}
                  </button>
                </RowHead>
                <Td className="py-1.5 break-words whitespace-normal">
                  {value === null ? <span className="text-ink-3">null</span> : traitText(value)}
                  {opened === name && <TraitHistory id={id} of={of} trait={name} />}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function TraitHistory({ id, of, trait }: { id: string; of: "person" | "account"; trait: string }) {
  const ofPerson = useQuery({ ...traitHistoryQuery(id, trait), enabled: of === "person" });
  const ofAccount = useQuery({ ...accountTraitHistoryQuery(id, trait), enabled: of === "account" });
  const history = of === "account" ? ofAccount : ofPerson;
  const timeZone = useTimeZone();
  return (
    <Fetched query={history} what="The values" loading={<ListSkeleton rows={2} label="Loading the values" />}>
      {({ items }) => (
        <ol aria-label={`Values of ${trait}`} className="pt-1 text-12">
          {items.map(({ value, timestamp, messageId }) => (
            <li key={`${messageId} ${timestamp}`} className="flex flex-wrap justify-between gap-x-3">
              <span className="min-w-0 break-words">{value === null ? "null" : traitText(value)}</span>
              <span className="text-ink-3">{formatMoment(timestamp, timeZone)}</span>
            </li>
          ))}
        </ol>
      )}
    </Fetched>
  );
}
