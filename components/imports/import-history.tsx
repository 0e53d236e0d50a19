import type { ImportRun } from "@/core/api/imports";
import { ImportRow } from "./import-row";

export function ImportHistory({ runs }: { runs: readonly ImportRun[] }) {
  return (
    <section aria-label="Imports">
      <h2 className="pb-1.5 font-head">Imports</h2>
      {runs.length === 0 ? (
        <p className="border-t border-line py-2 text-ink-2">No file has been imported yet.</p>
      ) : (
        <ul>
          {runs.map((run) => (
            <ImportRow key={run.id} run={run} />
          ))}
        </ul>
      )}
    </section>
  );
}
