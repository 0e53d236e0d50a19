"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { formatMoment, formatPeople } from "@/client/format";
import { accountPeopleQuery, accountQuery } from "@/client/queries/accounts";
import { useTimeZone } from "@/client/queries/workspace";
import type { Account, AccountPerson } from "@/core/api/accounts";
import { type PeopleColumn, PeopleTable, personName } from "../profiles/people-table";
import { Timeline } from "../profiles/timeline";
import { TraitTable } from "../profiles/trait-table";
import { Page } from "../shell/page";
import { Age } from "../ui/age";
import { CopyButton } from "../ui/copy-button";
import { Fetched } from "../ui/fetched";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { ListSkeleton } from "../ui/skeleton";

/** One account: its traits with what they were, who belongs to it, and what these people did. */
export function AccountPage({ id }: { id: string }) {
  const account = useQuery(accountQuery(id));
  return (
    <Page title={account.data?.name ?? id} crumbs={[{ label: "Accounts", href: "/accounts" }]} bare>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,420px)] items-stretch max-wide:grid-cols-[minmax(0,1fr)_minmax(0,360px)] max-desk:grid-cols-1">
        <div className="px-5 pt-4 pb-8 max-desk:px-3">
          <Fetched query={account} what="The account" loading={<ListSkeleton label="Loading the account" />}>
            {(found) => (
              <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
                <AccountFacts account={found} />
                <TraitTable id={found.id} of="account" traits={found.traits} />
                <AccountPeople id={found.id} total={found.people} />
              </div>
            )}
          </Fetched>
        </div>
        <div className="min-h-[calc(100dvh-var(--bar-h))] min-w-0 border-l border-line px-5 pt-4 pb-8 max-desk:min-h-0 max-desk:border-t max-desk:border-l-0 max-desk:px-3">
          <Timeline id={id} of="account" />
        </div>
      </div>
    </Page>
  );
}

function AccountFacts({ account }: { account: Account }) {
  const timeZone = useTimeZone();
  return (
    <section aria-label="What this is">
      <h2 className="truncate pb-2 text-20 font-head tracking-title">{account.name ?? account.id}</h2>
      <dl className="grid grid-cols-[112px_minmax(0,1fr)] gap-x-3 gap-y-1">
        <dt className="text-ink-3">Account id</dt>
        <dd className="flex min-w-0 items-center gap-1">
          <code className="truncate font-mono text-12">{account.id}</code>
          <CopyButton text={account.id} label={`Copy ${account.id}`} />
        </dd>
        <dt className="text-ink-3">First seen</dt>
        <dd>
          {formatMoment(account.firstSeen, timeZone)}{" "}
          <span className="text-ink-3">
            <Age at={account.firstSeen} />
          </span>
        </dd>
      </dl>
    </section>
  );
}

const columns: readonly PeopleColumn<AccountPerson>[] = [
  { key: "name", head: "Person", cell: personName },
  { key: "since", head: "Since", cell: ({ since }) => <Age at={since} />, figure: true },
  { key: "lastSeen", head: "Last seen", cell: ({ lastSeen }) => <Age at={lastSeen} />, figure: true, wideOnly: true },
];

function AccountPeople({ id, total }: { id: string; total: number }) {
  const people = useInfiniteQuery(accountPeopleQuery(id));
  return (
    <section aria-label="People">
      <h2 className="pb-1.5 font-head">
        People <span className="font-text text-ink-3">{formatPeople(total)}</span>
      </h2>
      <Fetched query={people} what="The people" loading={<ListSkeleton rows={6} label="Loading people" />}>
        {({ pages }) => (
          <PeopleTable
            label="People of the account"
            people={pages.flatMap((page) => page.items)}
            total={total}
            columns={columns}
            onNearEnd={nextPage(people)}
          />
        )}
      </Fetched>
      <NextPageProblem query={people} />
    </section>
  );
}
