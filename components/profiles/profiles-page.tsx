"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsBoolean, parseAsString, useQueryState } from "nuqs";
import { useRef } from "react";
import { profilesQuery } from "@/client/queries/profiles";
import type { ProfileRow } from "@/core/api/profiles";
import { useShortcut } from "../shell/keys";
import { Page } from "../shell/page";
import { Age } from "../ui/age";
import { Checkbox } from "../ui/checkbox";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { SearchInput } from "../ui/input";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";
import { useDebounced } from "../ui/use-debounced";
import { NobodyYet } from "./nobody-yet";
import { type PeopleColumn, PeopleTable, personName } from "./people-table";

const columns: readonly PeopleColumn<ProfileRow>[] = [
  { key: "name", head: "Person", cell: personName },
  {
    key: "userId",
    head: "User id",
    cell: (person) => person.userId ?? <span className="text-ink-3">anonymous</span>,
    wideOnly: true,
  },
  {
    key: "firstSeen",
    head: "First seen",
    cell: (person) => <Age at={person.firstSeen} />,
    figure: true,
    wideOnly: true,
  },
  { key: "lastSeen", head: "Last seen", cell: (person) => <Age at={person.lastSeen} />, figure: true },
];

/** Everyone, last seen first. */
export function ProfilesPage() {
  const [search, setSearch] = useQueryState("search", parseAsString.withDefault(""));
  const [includeAnonymous, setIncludeAnonymous] = useQueryState("anonymous", parseAsBoolean.withDefault(false));
  const wanted = useDebounced(search.trim(), 200);
  const profiles = useInfiniteQuery(profilesQuery({ search: wanted, includeAnonymous }));
  const searchField = useRef<HTMLInputElement>(null);
  useShortcut("/", () => searchField.current?.focus());
  return (
    <Page title="People">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-3">
        <SearchInput
          ref={searchField}
          aria-label="Search people"
          placeholder="Search by email or id"
          value={search}
          onChange={(event) => void setSearch(event.target.value || null)}
          className="w-72 max-desk:w-full"
        />
        <Checkbox
          label="Anonymous visitors too"
          checked={includeAnonymous}
          onChange={(next) => void setIncludeAnonymous(next || null)}
          className="flex-none"
        />
        <Link href="/profiles/duplicates" className="rounded-1 text-accent-text hover:underline">
          Possible duplicates
        </Link>
      </div>
      <Fetched query={profiles} what="The people" loading={<ListSkeleton rows={12} label="Loading people" />}>
        {({ pages }) => {
          const people = pages.flatMap((page) => page.items);
          if (people.length > 0) {
            return <PeopleTable label="People" people={people} columns={columns} onNearEnd={nextPage(profiles)} />;
          }
          if (wanted === "") return <NobodyYet />;
          return (
            <EmptyState title="Nobody found">
              <p>
                No {includeAnonymous ? "" : "known "}person has “{wanted}” in an id or email.
                {!includeAnonymous && " Anonymous visitors are left out."}
              </p>
            </EmptyState>
          );
        }}
      </Fetched>
      <NextPageProblem query={profiles} />
    </Page>
  );
}
