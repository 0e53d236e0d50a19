import { formatCount, formatNoun } from "@/client/format";
import type { SourceWithFigures } from "@/client/queries/sources";
import { Age } from "../ui/age";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";

/** What was refused and why: nothing is dropped silently. */
export function RefusalTable({ rejections }: { rejections: SourceWithFigures["rejections"] }) {
  const total = rejections.reduce((sum, rejection) => sum + rejection.count, 0);
  return (
    <section aria-label="Refused messages">
      <div className="flex items-baseline gap-2 pb-1.5">
        <h2 className="font-head">Refused</h2>
        <span className="text-12 text-ink-3">{formatNoun(total, "message")}</span>
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
