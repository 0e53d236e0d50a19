"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type SourceWithFigures, sourceQuery, useUpdateSource } from "@/client/queries/sources";
import { Page } from "../shell/page";
import { EditableName } from "../ui/editable-name";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { Tabs } from "../ui/tabs";
import { RefusalTable } from "./refusal-table";
import { SetupSnippets } from "./setup-snippets";
import { SourceSchema } from "./source-schema";
import { SourceSettings } from "./source-settings";
import { SourceStatus } from "./source-status";
import { WriteKeyList } from "./write-key-list";

/** One source: whether it is heard, its keys and how to set it up, what it sends, and what can be set. */
export function SourcePage({ id }: { id: string }) {
  const query = useQuery(sourceQuery(id));
  const update = useUpdateSource();
  const source = query.data;
  return (
    <Page
      title={source?.name ?? "Source"}
      crumbs={[{ label: "Sources", href: "/sources" }]}
      heading={
        source && (
          <EditableName
            name={source.name}
            what="source"
            onRename={(name) => update.mutateAsync({ id, body: { name } })}
          />
        )
      }
    >
      <Fetched query={query} what="The source" loading={<ListSkeleton label="Loading the source" />}>
        {(data) => <SourceParts source={data} />}
      </Fetched>
    </Page>
  );
}

function SourceParts({ source }: { source: SourceWithFigures }) {
  const [part, setPart] = useState<"setup" | "schema" | "settings">("setup");
  return (
    <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-5">
      <SourceStatus source={source} />
      <Tabs
        label="Parts of the source"
        value={part}
        onChange={setPart}
        tabs={[
          {
            value: "setup",
            label: "Set-up",
            content: (
              <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-7">
                <WriteKeyList source={source} />
                <SetupSnippets source={source} />
                <RefusalTable source={source} />
              </div>
            ),
          },
          { value: "schema", label: "Schema", content: <SourceSchema id={source.id} /> },
          { value: "settings", label: "Settings", content: <SourceSettings source={source} /> },
        ]}
      />
    </div>
  );
}
