import { formatShare } from "@/client/format";

/** A fraction as a share; a dash where nobody could have been counted. */
export function Share({ of }: { of: number | null | undefined }) {
  return of == null ? <Nothing /> : formatShare(of);
}

/** In a cell for which there is no figure. */
export function Nothing() {
  return <span className="text-ink-3">–</span>;
}
