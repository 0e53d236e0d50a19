"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatNoun, formatPeople } from "@/client/format";
import { accountTraitsQuery, traitsQuery } from "@/client/queries/catalogue";
import { accountColumn, accountTraitColumn } from "@/core/audience/account-column";
import { Checkbox } from "../ui/checkbox";
import { Fetched } from "../ui/fetched";
import { SearchInput } from "../ui/input";
import { ListSkeleton } from "../ui/skeleton";
import { columnWords } from "./chosen-columns";

const identifiers: readonly { name: string; says: string }[] = [
  { name: "userId", says: "the id that your product knows" },
  { name: "email", says: "the trait email" },
  { name: "anonymousIds", says: "before the sign-up" },
  { name: "profileId", says: "Foothold’s own id" },
];

interface ColumnChooserProps {
  columns: readonly string[];
  onChange: (columns: readonly string[]) => void;
}

/** Which columns a members' table or a file of them has, in the order in which they were chosen. */
export function ColumnChooser({ columns, onChange }: ColumnChooserProps) {
  const traits = useQuery(traitsQuery);
  const accountTraits = useQuery(accountTraitsQuery);
  const [search, setSearch] = useState("");
  const toggle = (name: string, on: boolean) =>
    onChange(on ? [...columns, name] : columns.filter((other) => other !== name));
  const last = columns.length === 1;
  const choice = (name: string, says: string) => (
    <Checkbox
      key={name}
      checked={columns.includes(name)}
      disabled={last && columns.includes(name)}
      onChange={(on) => toggle(name, on)}
      label={
        <span className="flex items-baseline justify-between gap-3">
          <span className="truncate">{columnWords(name)}</span>
          <span className="flex-none text-12 text-ink-3">{says}</span>
        </span>
      }
    />
  );
  const wanted = search.trim().toLocaleLowerCase();
  const ofAccounts = accountTraits.data?.length
    ? [
        { name: accountColumn, says: "the groupId that they belong to" },
        ...accountTraits.data.map(({ name, accounts }) => ({
          name: accountTraitColumn(name),
          says: formatNoun(accounts, "account"),
        })),
      ]
    : [];
  return (
    <div className="grid gap-2">
      <SearchInput
        aria-label="Search columns"
        placeholder="Search columns"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="w-full"
      />
      <fieldset className="max-h-64 overflow-y-auto">
        <legend className="sr-only">Columns</legend>
        {identifiers
          .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
          .map(({ name, says }) => choice(name, says))}
        <Fetched query={traits} what="The traits" loading={<ListSkeleton rows={3} label="Loading traits" />}>
          {(items) =>
            items
              .filter(({ name }) => !identifiers.some((identifier) => identifier.name === name))
              .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
              .map(({ name, people }) => choice(name, formatPeople(people)))
          }
        </Fetched>
        {ofAccounts
          .filter(({ name }) => columnWords(name).toLocaleLowerCase().includes(wanted))
          .map(({ name, says }) => choice(name, says))}
      </fieldset>
      {last && <p className="text-12 text-ink-3">The last column stays: a file has at least one.</p>}
    </div>
  );
}
