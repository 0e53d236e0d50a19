"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useRef } from "react";
import { formatCount, formatNoun } from "@/client/format";
import { accountsQuery } from "@/client/queries/accounts";
import type { AccountRow } from "@/core/api/accounts";
import { type PeopleColumn, PeopleTable } from "../profiles/people-table";
import { useShortcut } from "../shell/keys";
import { Page } from "../shell/page";
import { Age } from "../ui/age";
import { CodeBlock } from "../ui/code-block";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { SearchInput } from "../ui/input";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";
import { useDebounced } from "../ui/use-debounced";

const columns: readonly PeopleColumn<AccountRow>[] = [
  { key: "name", head: "Account", cell: ({ name, id }) => name ?? id },
  { key: "id", head: "Account id", cell: ({ id }) => id, wideOnly: true },
  { key: "people", head: "People", cell: ({ people }) => formatCount(people), figure: true },
  {
    key: "firstSeen",
    head: "First seen",
    cell: ({ firstSeen }) => <Age at={firstSeen} />,
    figure: true,
    wideOnly: true,
  },
];

/** Every account that group calls have named, most people first. */
export function AccountsPage() {
  const [search, setSearch] = useQueryState("search", parseAsString.withDefault(""));
  const wanted = useDebounced(search.trim(), 200);
  const accounts = useInfiniteQuery(accountsQuery(wanted));
  const searchField = useRef<HTMLInputElement>(null);
  useShortcut("/", () => searchField.current?.focus());
  return (
    <Page title="Accounts">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-3">
        <SearchInput
          ref={searchField}
          aria-label="Search accounts"
          placeholder="Search by name or id"
          value={search}
          onChange={(event) => void setSearch(event.target.value || null)}
          className="w-72 max-desk:w-full"
        />
        {accounts.data && (
          <span className="text-ink-3">{formatNoun(accounts.data.pages[0]?.total ?? 0, "account")}</span>
        )}
      </div>
      <Fetched query={accounts} what="The accounts" loading={<ListSkeleton rows={12} label="Loading accounts" />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length > 0) {
            return (
              <PeopleTable
                label="Accounts"
                people={items}
                total={pages[0]?.total}
                columns={columns}
                href={({ id }) => `/accounts/${encodeURIComponent(id)}`}
                onNearEnd={nextPage(accounts)}
              />
            );
          }
          if (wanted === "") return <NoAccountsYet />;
          return (
            <EmptyState title="No account found">
              <p>No account has “{wanted}” in its name or id.</p>
            </EmptyState>
          );
        }}
      </Fetched>
      <NextPageProblem query={accounts} />
    </Page>
  );
}

function NoAccountsYet() {
  return (
    <EmptyState title="No accounts yet" className="max-w-2xl">
      <p>
        A group call makes an account, with traits of its own, and the person who sends it belongs to it from then on:
      </p>
      <div className="pt-3">
        <CodeBlock code={'analytics.group("acme", { name: "Acme", plan: "trial" })'} label="the call" />
      </div>
    </EmptyState>
  );
}
