import type { Person } from "@/core/api/shared";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { traitText } from "./trait-text";

export function TraitTable({ traits }: { traits: Person["traits"] }) {
  const entries = Object.entries(traits).sort(([a], [b]) => a.localeCompare(b));
  return (
    <section aria-label="Traits">
      <h2 className="pb-1.5 font-head">Traits</h2>
      {entries.length === 0 ? (
        <p className="border-t border-line py-2 text-ink-3">No identify has set a trait.</p>
      ) : (
        <Table label="Traits and their values">
          <thead>
            <tr>
              <Th className="w-[40%]">Trait</Th>
              <Th>Value</Th>
            </tr>
          </thead>
          <tbody>
            {entries.map(([name, value]) => (
              <Tr key={name}>
                <RowHead className="font-word">{name}</RowHead>
                <Td className="py-1.5 break-words">
                  {value === null ? <span className="text-ink-3">null</span> : traitText(value)}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}
