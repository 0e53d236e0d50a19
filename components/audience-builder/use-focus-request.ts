"use client";

import { useCallback, useEffect, useState } from "react";
import { findTarget } from "./word-focus";

/** A function that moves the focus to a word, or the first one of a row, once what was just changed is drawn. */
export function useFocusRequest(): (wordOrRow: string) => void {
  const [request, setRequest] = useState<{ target: string } | null>(null);
  useEffect(() => {
    if (request) findTarget(request.target)?.focus();
  }, [request]);
  return useCallback((target: string) => setRequest({ target }), []);
}
