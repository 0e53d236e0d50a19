import { cn } from "../ui/class-names";
import { TextLink } from "../ui/text-link";

export function DropHint({ dragging, onChoose }: { dragging: boolean; onChoose: () => void }) {
  return (
    <section
      aria-label="Import a file"
      className={cn(
        "rounded-4 border border-dashed px-5 py-8 transition-colors",
        dragging ? "border-accent bg-accent-ground" : "border-line-strong",
      )}
    >
      <h2 className="font-head">{dragging ? "Let it go to read it" : "Drop a file anywhere on this page"}</h2>
      <div className="max-w-[62ch] pt-0.5 text-ink-2">
        <p>
          NDJSON with one Segment message a line, or CSV or Parquet with a row for each event or person; packed with
          gzip or not, of any size. Importing a file twice changes nothing.{" "}
          <TextLink onClick={onChoose}>Choose a file</TextLink>
        </p>
      </div>
    </section>
  );
}
