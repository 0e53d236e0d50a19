import { useEffect, useRef } from "react";
import { useMembersChanged } from "@/client/queries/memberships";
import type { LiveChanges } from "./use-live-changes";

/** Between two times that the figures of a page are asked for again. */
const restMs = 1_000;

/** Keeps what the page says of an audience in step with its changes. */
export function useFollowing(id: string, { changes, isHeard }: LiveChanges): void {
  const membersChanged = useMembersChanged(id);
  const newest = changes[0]?.cursor;
  const followed = useRef<string | undefined | null>(null);
  const wanted = useRef(newest);
  const running = useRef(false);
  useEffect(() => {
    wanted.current = newest;
    if (!isHeard) return;
    // What was there when the page was opened is in its figures.
    if (followed.current === null) followed.current = newest;
    if (running.current || followed.current === newest) return;
    running.current = true;
    void follow().finally(() => {
      running.current = false;
    });
    async function follow() {
      while (followed.current !== wanted.current) {
        followed.current = wanted.current;
        await membersChanged();
        await new Promise((resolve) => setTimeout(resolve, restMs));
      }
    }
  }, [newest, isHeard, membersChanged]);
}
