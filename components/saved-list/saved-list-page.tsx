"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatNoun } from "@/client/format";
import { Page } from "../shell/page";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { SearchInput } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { ListSkeleton } from "../ui/skeleton";
import type { useSavedList } from "./use-saved-list";

interface SavedListPageProps<Item> {
  /** What is listed, singular and with a small letter: "audience". */
  noun: string;
  list: ReturnType<typeof useSavedList>;
  query: UseQueryResult<Item[]>;
  /** What the search looks through. */
  textsOf: (item: Item) => readonly string[];
  /** How the search calls that: "name". */
  searched: string;
  /** What an archived one keeps: "its steps". */
  keeps: string;
  /** Where there is nothing yet. */
  empty: ReactNode;
  /** Beside the search: further choices, and whether an item meets them. */
  choices?: { controls: (items: readonly Item[]) => ReactNode; meets: (item: Item) => boolean; made: boolean };
  children: (found: Item[]) => ReactNode;
}

/** Saved things of one kind: searched, live or archived, and a way to a new one. */
export function SavedListPage<Item>(props: SavedListPageProps<Item>) {
  const { noun, list, query, textsOf, searched, keeps, empty, choices, children } = props;
  const plural = `${noun}s`;
  const title = plural.charAt(0).toUpperCase() + plural.slice(1);
  const wanted = list.search.trim().toLocaleLowerCase();
  const meets = (item: Item) =>
    (choices?.meets(item) ?? true) && textsOf(item).some((text) => text.toLocaleLowerCase().includes(wanted));
  return (
    <Page
      title={title}
      actions={
        <Button asChild look="primary">
          <Link href={`/${plural}/new`}>
            <Plus aria-hidden />
            New {noun}
          </Link>
        </Button>
      }
    >
      <Fetched query={query} what={`The ${plural}`} loading={<ListSkeleton label={`Loading ${plural}`} />}>
        {(items) => {
          if (items.length === 0 && !list.archived) return empty;
          const found = items.filter(meets);
          const all = formatNoun(items.length, noun);
          return (
            <>
              <div className="flex flex-wrap items-center gap-2 pb-3">
                <SearchInput
                  ref={list.searchField}
                  aria-label={`Search ${plural}`}
                  placeholder={`Search by ${searched}`}
                  value={list.search}
                  onChange={(event) => list.setSearch(event.target.value)}
                  className="max-desk:w-full"
                />
                <Segmented
                  label={`Which ${plural}`}
                  value={list.state}
                  onChange={list.setState}
                  options={[
                    { value: "live", label: "Live" },
                    { value: "archived", label: "Archived" },
                  ]}
                />
                {choices?.controls(items)}
                <p className="ml-auto text-12 text-ink-3" aria-live="polite">
                  {found.length < items.length ? `${found.length} of ${all}` : all}
                </p>
              </div>
              {found.length > 0 ? (
                children(found)
              ) : items.length > 0 ? (
                <EmptyState title={wanted ? `No ${noun} has this in its ${searched}` : `No ${noun} is left`}>
                  <p>
                    {wanted
                      ? `None of the ${all} contains “${list.search.trim()}”${choices?.made ? " and meets the other choices" : ""}.`
                      : `None of the ${all} meets these choices.`}
                  </p>
                </EmptyState>
              ) : (
                <EmptyState title="Nothing is archived">
                  <p>
                    An archived {noun} keeps {keeps} and can be brought back from here.
                  </p>
                </EmptyState>
              )}
            </>
          );
        }}
      </Fetched>
    </Page>
  );
}
