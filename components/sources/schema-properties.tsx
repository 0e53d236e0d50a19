"use client";

import { useQuery } from "@tanstack/react-query";
import { formatShare } from "@/client/format";
import { sourcePropertiesQuery } from "@/client/queries/sources";
import type { SchemaEvent, SchemaProperty } from "@/core/api/sources";
import { Age } from "../ui/age";
import { Badge } from "../ui/badge";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";

interface SchemaPropertiesProps {
  source: string;
  type: SchemaEvent["type"];
  event: string;
}

/** The properties of one event: how many messages have each, of which types, with examples, and since when. */
export function SchemaProperties({ source, type, event }: SchemaPropertiesProps) {
  const query = useQuery(sourcePropertiesQuery(source, type, event));
  return (
    <div className="pb-3 pl-6 max-desk:pl-0">
      <Fetched query={query} what="The properties" loading={<ListSkeleton rows={3} label="Loading properties" />}>
        {({ messages, items }) =>
          items.length === 0 ? (
            <p className="text-ink-2">It has no properties.</p>
          ) : (
            <Table label={`Properties of ${event || type}`}>
              <thead>
                <tr>
                  <Th>Property</Th>
                  <Th>Type</Th>
                  <Th className="max-desk:hidden">Examples</Th>
                  <Th figure>In messages</Th>
                  <Th figure className="max-desk:hidden">
                    First seen
                  </Th>
                </tr>
              </thead>
              <tbody>
                {items.map((property) => (
                  <Tr key={property.name}>
                    <RowHead className="max-w-48 truncate font-mono text-12">
                      {property.name} {property.figures?.isNew && <Badge tone="accent">new</Badge>}
                    </RowHead>
                    <Td className="text-ink-2">{property.types.join(", ")}</Td>
                    <Td className="max-w-72 truncate text-ink-3 max-desk:hidden">{examplesOf(property)}</Td>
                    <Td figure>{property.figures && formatShare(property.figures.messages / messages)}</Td>
                    <Td figure className="text-ink-3 max-desk:hidden">
                      {property.figures && <Age at={property.figures.firstSeen} />}
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )
        }
      </Fetched>
    </div>
  );
}

function examplesOf({ examples }: SchemaProperty): string {
  return examples.map((example) => (typeof example === "string" ? example : JSON.stringify(example))).join(" · ");
}
