"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { formatCount } from "@/client/format";
import { sourcesQuery } from "@/client/queries/sources";
import { overviewQuery } from "@/client/queries/workspace";
import { environmentNames } from "../shell/environment";
import { Page } from "../shell/page";
import { Age } from "../ui/age";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { ArchivedSources } from "./archived-sources";
import { NewSourceDialog } from "./new-source-dialog";
import { SourceDot } from "./source-dot";

/** Where messages come from. */
export function SourcesPage() {
  const sources = useQuery(sourcesQuery);
  const figures = useQuery({ ...overviewQuery(30), refetchInterval: 15_000 }).data?.sources;
  const [adding, setAdding] = useState(false);
  const add = (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      Add a source
    </Button>
  );
  return (
    <Page title="Sources" actions={sources.data && sources.data.length > 0 && add}>
      <NewSourceDialog open={adding} onClose={() => setAdding(false)} />
      <Fetched query={sources} what="The sources" loading={<ListSkeleton rows={4} label="Loading sources" />}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title="No source yet" className="max-w-2xl" actions={add}>
              <p>
                A source is one sender of messages: your web app, your server. It has a write key of its own, and takes
                the messages of any official Segment SDK as they are.
              </p>
            </EmptyState>
          ) : (
            <Table label="Sources">
              <thead>
                <tr>
                  <Th>Source</Th>
                  <Th figure>Messages</Th>
                  <Th figure>Refused</Th>
                  <Th figure>Last message</Th>
                </tr>
              </thead>
              <tbody>
                {items.map((source) => {
                  const known = figures?.find((figure) => figure.id === source.id);
                  const { messages = 0, rejected = 0, lastReceivedAt = null } = known ?? {};
                  return (
                    <Tr key={source.id} className="relative">
                      <RowHead className="max-w-80 truncate">
                        <SourceDot messages={messages} rejected={rejected} />
                        <Link
                          href={`/sources/${source.id}`}
                          className="font-word after:absolute after:inset-0 hover:underline"
                        >
                          {source.name}
                        </Link>
                        {source.environment && <Badge className="ml-2">{environmentNames[source.environment]}</Badge>}
                        {!source.enabled && (
                          <Badge tone="violation" className="ml-2">
                            off
                          </Badge>
                        )}
                      </RowHead>
                      <Td figure>{known && formatCount(messages)}</Td>
                      <Td figure className={rejected > 0 ? "text-violation" : "text-ink-3"}>
                        {known && formatCount(rejected)}
                      </Td>
                      <Td figure className="text-ink-3">
                        {lastReceivedAt ? <Age at={lastReceivedAt} /> : known && "never"}
                      </Td>
                    </Tr>
                  );
                })}
              </tbody>
            </Table>
          )
        }
      </Fetched>
      <ArchivedSources />
    </Page>
  );
}
