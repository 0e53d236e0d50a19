"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useRef } from "react";
import { formatNoun } from "@/client/format";
import { audiencesQuery } from "@/client/queries/audiences";
import { useShortcut } from "../shell/keys";
import { Page } from "../shell/page";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { SearchInput } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { ListSkeleton } from "../ui/skeleton";
import { AudienceTable } from "./audience-table";
import { NoAudienceYet } from "./no-audience-yet";

const states = ["live", "archived"] as const;

export function AudiencesPage() {
  const [search, setSearch] = useQueryState("search", parseAsString.withDefault(""));
  const [state, setState] = useQueryState("state", parseAsStringLiteral(states).withDefault("live"));
  const archived = state === "archived";
  const audiences = useQuery(audiencesQuery({ archived }));
  const searchField = useRef<HTMLInputElement>(null);
  useShortcut("/", () => searchField.current?.focus());
  return (
    <Page
      title="Audiences"
      actions={
        <Button asChild look="primary">
          <Link href="/audiences/new">
            <Plus aria-hidden />
            New audience
          </Link>
        </Button>
      }
    >
      <Fetched query={audiences} what="The audiences" loading={<ListSkeleton label="Loading audiences" />}>
        {(items) => {
          const wanted = search.trim().toLocaleLowerCase();
          const found = items.filter((audience) => audience.name.toLocaleLowerCase().includes(wanted));
          if (items.length === 0 && !archived) {
            return <NoAudienceYet onShowArchived={() => void setState("archived")} />;
          }
          return (
            <>
              <div className="flex flex-wrap items-center gap-2 pb-3">
                <SearchInput
                  ref={searchField}
                  aria-label="Search audiences"
                  placeholder="Search by name"
                  value={search}
                  onChange={(event) => void setSearch(event.target.value || null)}
                  className="max-desk:w-full"
                />
                <Segmented
                  label="Which audiences"
                  value={state}
                  onChange={(next) => void setState(next)}
                  options={[
                    { value: "live", label: "Live" },
                    { value: "archived", label: "Archived" },
                  ]}
                />
                <p className="ml-auto text-12 text-ink-3" aria-live="polite">
                  {wanted
                    ? `${found.length} of ${formatNoun(items.length, "audience")}`
                    : formatNoun(items.length, "audience")}
                </p>
              </div>
              {found.length > 0 ? (
                <AudienceTable audiences={found} />
              ) : (
                <EmptyState title={wanted ? "No audience has this in its name" : "Nothing is archived"}>
                  <p>
                    {wanted
                      ? `None of the ${formatNoun(items.length, "audience")} contains “${search.trim()}”.`
                      : "An archived audience keeps its definition and can be brought back from here."}
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
