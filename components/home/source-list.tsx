import Link from "next/link";
import { formatCount } from "@/client/format";
import type { Overview } from "@/client/queries/workspace";
import { SourceDot } from "../sources/source-dot";
import { Age } from "../ui/age";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { TextLink } from "../ui/text-link";

export function SourceList({ sources }: { sources: Overview["sources"] }) {
  return (
    <section aria-label="Sources" className="min-w-0">
      <div className="flex items-baseline justify-between pb-1.5">
        <h2 className="font-head">Sources</h2>
        <TextLink asChild className="text-12">
          <Link href="/sources">All {formatCount(sources.length)}</Link>
        </TextLink>
      </div>
      {sources.length === 0 ? (
        <p className="border-t border-line py-2 text-ink-2">
          No source yet.{" "}
          <TextLink asChild>
            <Link href="/sources">Add a source</Link>
          </TextLink>
        </p>
      ) : (
        <Table label="Sources with their messages">
          <thead>
            <tr>
              <Th>Source</Th>
              <Th figure>Messages</Th>
              <Th figure>Refused</Th>
              <Th figure>Seen</Th>
            </tr>
          </thead>
          <tbody>
            {sources.slice(0, 6).map((source) => (
              <Tr key={source.id}>
                <RowHead>
                  <SourceDot messages={source.messages} rejected={source.rejected} />
                  <Link href={`/sources/${source.id}`} className="hover:underline">
                    {source.name}
                  </Link>
                </RowHead>
                <Td figure>{formatCount(source.messages)}</Td>
                <Td figure className={source.rejected > 0 ? "text-violation" : "text-ink-3"}>
                  {formatCount(source.rejected)}
                </Td>
                <Td figure className="text-ink-3">
                  {source.lastReceivedAt ? <Age at={source.lastReceivedAt} /> : "never"}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}
