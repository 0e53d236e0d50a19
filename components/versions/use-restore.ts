import { messageOf } from "@/client/api-error";
import { notify, notifyProblem } from "../ui/toast";

interface Restoring<Saved> {
  mutateAsync: (of: { id: string; version: number }) => Promise<Saved>;
  isPending: boolean;
}

/** Makes an earlier version hold again, which is a new version; undone by restoring the one that held before. */
export function useRestore<Saved extends { id: string; version: number }>(
  { id, version: before }: Saved,
  { mutateAsync, isPending }: Restoring<Saved>,
  onRestored?: (saved: Saved) => void,
) {
  const restore = (version: number) =>
    void mutateAsync({ id, version }).then(
      (saved) => {
        onRestored?.(saved);
        notify(`Version ${version} holds again, as version ${saved.version}.`, { undo: () => restore(before) });
      },
      (error: unknown) => notifyProblem(messageOf(error)),
    );
  return { restore, restoring: isPending };
}
