"use client";

import { useCallback, useRef, useState } from "react";

/** Which word's popover is open, one at a time; `isAnyOpen` knows it before it is drawn. */
export function useOpenWord() {
  const [open, show] = useState<string | null>(null);
  const latest = useRef<string | null>(null);
  const setOpen = useCallback((word: string | null) => {
    latest.current = word;
    show(word);
  }, []);
  const isAnyOpen = useCallback(() => latest.current !== null, []);
  return { open, setOpen, isAnyOpen };
}
