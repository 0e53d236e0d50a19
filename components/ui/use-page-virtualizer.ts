import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";

interface PageVirtualizerOptions {
  count: number;
  rowHeight: number;
  /** Asks for more rows when the last ones come near; absent when there are no more. */
  onNearEnd?: () => void;
}

/** Draws only the rows in view of a list that scrolls with the page; `ref` goes to the list's own box. */
export function usePageVirtualizer<Element extends HTMLElement>({
  count,
  rowHeight,
  onNearEnd,
}: PageVirtualizerOptions) {
  const ref = useRef<Element>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measured = (ref.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
    setTop((now) => (Math.abs(now - measured) > 1 ? measured : now));
  });
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: top,
  });
  const rows = virtualizer.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastShown >= count - 20) onNearEnd?.();
  }, [lastShown, count, onNearEnd]);
  return { ref, rows, top, height: virtualizer.getTotalSize(), measure: virtualizer.measureElement };
}
