"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { fromDefinition } from "@/client/audience-draft/from-definition";
import { audienceQuery } from "@/client/queries/audiences";
import type { AudienceWithCount } from "@/core/api/audiences";
import { Page } from "../shell/page";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { AudienceBuilder } from "./audience-builder";

const crumbs = [{ label: "Audiences", href: "/audiences" }];

export function EditAudiencePage({ id }: { id: string }) {
  const query = useQuery(audienceQuery(id));
  // Another version is another draft to begin from: the builder starts anew with it.
  if (query.data) return <Loaded key={query.data.version} audience={query.data} />;
  return (
    <Page title="Audience" crumbs={crumbs}>
      <Fetched query={query} what="The audience" loading={<ListSkeleton label="Loading the audience" />}>
        {() => null}
      </Fetched>
    </Page>
  );
}

function Loaded({ audience }: { audience: AudienceWithCount }) {
  const saved = useMemo(() => fromDefinition(audience.definition), [audience.definition]);
  return <AudienceBuilder audience={audience} saved={saved} />;
}
