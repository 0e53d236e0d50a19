import Link from "next/link";
import { formatCount, formatNoun } from "@/client/format";
import type { SourceWithFigures } from "@/client/queries/sources";
import { Age } from "../ui/age";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { TextLink } from "../ui/text-link";

/** What was refused and why: nothing is dropped silently. */
export function RefusalTable({ source: { id, rejections } }: { source: Pick<SourceWithFigures, "id" | "rejections"> }) {
  const total = rejections.reduce((sum, rejection) => sum + rejection.count, 0);
  return (
    <section aria-label="Refused messages">
      <div className="flex items-baseline gap-2 pb-1.5">
        <h2 className="font-head">Refused</h2>
        <span className="text-12 text-ink-3">{formatNoun(total, "message")}</span>
        <TextLink asChild className="ml-auto text-12">
          <Link href={`/debugger?tab=kept&source=${id}`}>Look at them and replay</Link>
        </TextLink>
      </div>
      {rejections.length === 0 ? (
        <p className="border-t border-line py-2 text-ink-2">Nothing was refused.</p>
      ) : (
        <Table label="Refused messages by reason">
          <thead>
            <tr>
              <Th>Reason</Th>
              <Th figure>Messages</Th>
              <Th figure>Last</Th>
            </tr>
          </thead>
          <tbody>
            {rejections.map((rejection) => (
              <Tr key={`${rejection.code} ${rejection.message}`}>
                <RowHead className="py-1.5">
                  {rejection.message} <code className="font-mono text-12 text-ink-3">{rejection.code}</code>
                </RowHead>
                <Td figure className="text-violation">
                  {formatCount(rejection.count)}
                </Td>
                <Td figure className="text-ink-3">
                  <Age at={rejection.lastAt} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}
