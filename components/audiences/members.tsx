"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Columns3 } from "lucide-react";
import { formatClock, formatCount } from "@/client/format";
import { membersQuery } from "@/client/queries/audiences";
import { useTimeZone } from "@/client/queries/workspace";
import type { AudienceWithCount, Member } from "@/core/api/audiences";
import { accountColumn, accountsCell, accountTraitOf } from "@/core/audience/account-column";
import { WhyButton } from "../explanation/why-button";
import { type PeopleColumn, PeopleTable, personName } from "../profiles/people-table";
import { traitAt, traitText } from "../profiles/trait-text";
import { Age } from "../ui/age";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { NextPageProblem, nextPage } from "../ui/next-page";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { ListSkeleton } from "../ui/skeleton";
import { chosenColumns, columnWords, formatColumns } from "./chosen-columns";
import { ColumnChooser } from "./column-chooser";

function cellOf(name: string, member: Member): string {
  switch (name) {
    case "userId":
      return member.userId ?? "";
    case "email":
      return member.email ?? "";
    case "anonymousIds":
      return member.anonymousIds.join(" ");
    case "profileId":
      return member.id;
    default:
      return traitText(memberValue(name, member));
  }
}

function memberValue(name: string, { traits, accounts }: Member): unknown {
  if (name === accountColumn) return accountsCell(accounts.map(({ id }) => id));
  const trait = accountTraitOf(name);
  if (trait === undefined) return traitAt(traits, name);
  return accountsCell(accounts.map((account) => traitAt(account.traits, trait)));
}

function columnsOf(
  names: readonly string[],
  members: readonly Member[],
  why: PeopleColumn<Member>,
): PeopleColumn<Member>[] {
  const columns = names.map(
    (name, index): PeopleColumn<Member> => ({
      key: name,
      head: columnWords(name),
      cell: (member) =>
        cellOf(name, member) || (index === 0 ? personName(member) : <span className="text-ink-3">–</span>),
      wideOnly: index > 1,
    }),
  );
  if (!members.some((member) => member.enteredAt)) return [...columns, why];
  const since: PeopleColumn<Member> = {
    key: " since",
    head: "In for",
    cell: (member) => member.enteredAt && <Age at={member.enteredAt} suffix="" />,
    figure: true,
    wideOnly: true,
  };
  return [...columns, since, why];
}

/** Who is in the audience, however many: each row leads to its person. */
export function Members({ audience }: { audience: AudienceWithCount }) {
  const [names, setNames] = chosenColumns.use();
  const accountTraits = names.flatMap((name) => accountTraitOf(name) ?? []);
  const members = useInfiniteQuery(
    membersQuery(audience.id, accountTraits.length === 0 ? undefined : formatColumns(accountTraits)),
  );
  const timeZone = useTimeZone();
  const asOf = members.data?.pages[0]?.asOf;
  const why: PeopleColumn<Member> = {
    key: " why",
    head: <span className="sr-only">Why they are in</span>,
    cell: (member) => (
      <WhyButton
        person={{ id: member.id, name: personName(member) }}
        against={{ id: audience.id, name: audience.name }}
        asOf={asOf}
      />
    ),
    figure: true,
  };
  return (
    <section aria-label="Who is in">
      <div className="flex items-center gap-3 pb-2">
        <h2 className="font-head">Members</h2>
        {asOf && <span className="text-12 text-ink-3">as of {formatClock(asOf, timeZone)}</span>}
        <div className="flex-1" />
        <Popover>
          <PopoverTrigger asChild>
            <Button look="quiet">
              <Columns3 aria-hidden />
              Columns
            </Button>
          </PopoverTrigger>
          <PopoverContent align="end" aria-label="Columns of the table">
            <div className="p-3">
              <h2 className="pb-2 font-head">Columns</h2>
              <ColumnChooser columns={names} onChange={setNames} />
            </div>
          </PopoverContent>
        </Popover>
      </div>
      <Fetched query={members} what="The members" loading={<ListSkeleton rows={10} label="Loading members" />}>
        {({ pages }) => {
          const people = pages.flatMap((page) => page.items);
          if (people.length === 0) {
            return (
              <EmptyState title="Nobody is in this audience now">
                <p>
                  {audience.candidates > 0
                    ? `None of the ${formatCount(audience.candidates)} people meets its conditions. Edit it to see which row empties it.`
                    : "There is nobody yet who could be in it."}
                </p>
              </EmptyState>
            );
          }
          return (
            <PeopleTable
              label="Members"
              people={people}
              total={audience.count}
              columns={columnsOf(names, people, why)}
              onNearEnd={nextPage(members)}
            />
          );
        }}
      </Fetched>
      <NextPageProblem query={members} />
    </section>
  );
}
