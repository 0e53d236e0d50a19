const widths = ["62%", "48%", "55%", "40%", "58%", "44%"];

/** Grey bars for the first load of a list; never for a number. */
export function ListSkeleton({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => widths[row % widths.length]).map((width, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no identity
        <div key={row} className="flex h-row items-center border-t border-line">
          <div className="h-2.5 rounded-1 bg-press" style={{ width }} />
        </div>
      ))}
    </div>
  );
}
