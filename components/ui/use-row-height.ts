import { useSyncExternalStore } from "react";

const roomy = "(max-width: 720px), (pointer: coarse)";

function subscribe(listener: () => void): () => void {
  const query = matchMedia(roomy);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Height of a table's row in pixels: the `--row-h` of the tokens, which is roomier for fingers. */
export function useRowHeight(): number {
  return useSyncExternalStore(
    subscribe,
    () => (matchMedia(roomy).matches ? 44 : 36),
    () => 36,
  );
}
