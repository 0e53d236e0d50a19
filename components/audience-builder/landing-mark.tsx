import type { ShownLanding } from "./landing-at";

/** A line where a dragged row would land, or a frame around the row that it would be joined with. */
export function LandingMark({ shown }: { shown: ShownLanding | undefined }) {
  if (!shown) return null;
  const { landing, box } = shown;
  const onto = landing.kind === "onto";
  return (
    <span
      aria-hidden
      data-landing={landing.kind}
      className={
        onto
          ? "pointer-events-none fixed z-30 rounded-2 border-2 border-accent"
          : "pointer-events-none fixed z-30 h-0.5 -translate-y-px bg-accent"
      }
      style={{ left: box.left, top: box.top, width: box.width, ...(onto && { height: box.height }) }}
    >
      {onto && (
        <span className="absolute -top-2.5 right-2 rounded-2 bg-accent px-1.5 text-11 leading-5 text-on-accent">
          into an “any of”
        </span>
      )}
    </span>
  );
}
