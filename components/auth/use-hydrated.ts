import { useSyncExternalStore } from "react";

const subscribe = () => () => {};

/** False until the page's scripts are at work: before that a form would be sent by the browser itself. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
