"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useRef } from "react";
import { formatNoun } from "@/client/format";
import { funnelsQuery } from "@/client/queries/funnels";
import { useShortcut } from "../shell/keys";
import { Page } from "../shell/page";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { SearchInput } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { ListSkeleton } from "../ui/skeleton";
import { FunnelList } from "./funnel-list";
import { NoFunnelYet } from "./no-funnel-yet";

const states = ["live", "archived"] as const;

export function FunnelsPage() {
  const [search, setSearch] = useQueryState("search", parseAsString.withDefault(""));
  const [state, setState] = useQueryState("state", parseAsStringLiteral(states).withDefault("live"));
  const archived = state === "archived";
  const funnels = useQuery(funnelsQuery({ archived }));
  const searchField = useRef<HTMLInputElement>(null);
  useShortcut("/", () => searchField.current?.focus());
  return (
    <Page
      title="Funnels"
      actions={
        <Button asChild look="primary">
          <Link href="/funnels/new">
            <Plus aria-hidden />
            New funnel
          </Link>
        </Button>
      }
    >
      <Fetched query={funnels} what="The funnels" loading={<ListSkeleton label="Loading funnels" />}>
        {(items) => {
          const wanted = search.trim().toLocaleLowerCase();
          const found = items.filter((funnel) => funnel.name.toLocaleLowerCase().includes(wanted));
          if (items.length === 0 && !archived) return <NoFunnelYet onShowArchived={() => void setState("archived")} />;
          return (
            <>
              <div className="flex flex-wrap items-center gap-2 pb-3">
                <SearchInput
                  ref={searchField}
                  aria-label="Search funnels"
                  placeholder="Search by name"
                  value={search}
                  onChange={(event) => void setSearch(event.target.value || null)}
                  className="max-desk:w-full"
                />
                <Segmented
                  label="Which funnels"
                  value={state}
                  onChange={(next) => void setState(next)}
                  options={[
                    { value: "live", label: "Live" },
                    { value: "archived", label: "Archived" },
                  ]}
                />
                <p className="ml-auto text-12 text-ink-3" aria-live="polite">
                  {wanted
                    ? `${found.length} of ${formatNoun(items.length, "funnel")}`
                    : formatNoun(items.length, "funnel")}
                </p>
              </div>
              {found.length > 0 ? (
                <FunnelList funnels={found} />
              ) : (
                <EmptyState title={wanted ? "No funnel has this in its name" : "Nothing is archived"}>
                  <p>
                    {wanted
                      ? `None of the ${formatNoun(items.length, "funnel")} contains “${search.trim()}”.`
                      : "An archived funnel keeps its steps and can be brought back from here."}
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
