"use client";

import { useQuery } from "@tanstack/react-query";
import { sourceQuery, useRenameSource } from "@/client/queries/sources";
import { Page } from "../shell/page";
import { CopyButton } from "../ui/copy-button";
import { EditableName } from "../ui/editable-name";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { RefusalTable } from "./refusal-table";
import { SetupSnippets } from "./setup-snippets";
import { SourceStatus } from "./source-status";

/** One source: whether it is heard, its key, how to set it up, and what was refused. */
export function SourcePage({ id }: { id: string }) {
  const query = useQuery(sourceQuery(id));
  const rename = useRenameSource();
  const source = query.data;
  return (
    <Page
      title={source?.name ?? "Source"}
      crumbs={[{ label: "Sources", href: "/sources" }]}
      heading={
        source && (
          <EditableName name={source.name} what="source" onRename={(name) => rename.mutateAsync({ id, name })} />
        )
      }
    >
      <Fetched query={query} what="The source" loading={<ListSkeleton label="Loading the source" />}>
        {(data) => (
          <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-7">
            <SourceStatus source={data} />
            <section aria-label="Write key">
              <h2 className="pb-1 font-head">Write key</h2>
              <div className="flex items-center gap-1">
                <code className="min-w-0 truncate rounded-2 bg-sunken px-2 py-1 font-mono text-12">
                  {data.writeKey}
                </code>
                <CopyButton text={data.writeKey} label="Copy the write key" />
              </div>
              <p className="pt-1 text-12 text-ink-3">
                It lets messages in and reads nothing, so it may stand in a web page.
              </p>
            </section>
            <SetupSnippets writeKey={data.writeKey} />
            <RefusalTable rejections={data.rejections} />
          </div>
        )}
      </Fetched>
    </Page>
  );
}
