"use client";

import { useEffect, useRef } from "react";

interface Handlers {
  undo: () => void;
  redo: () => void;
  save: () => void;
}

/** Ctrl or Cmd with Z, Shift+Z, Y and S, wherever the focus is; what is being typed keeps its own undo. */
export function useWindowKeys(handlers: Handlers): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((!event.ctrlKey && !event.metaKey) || event.altKey) return;
      const action = actionOf(event);
      if (!action || (action !== "save" && isTyping(event.target))) return;
      event.preventDefault();
      latest.current[action]();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

function actionOf({ key, shiftKey }: KeyboardEvent): keyof Handlers | undefined {
  switch (key.toLowerCase()) {
    case "z":
      return shiftKey ? "redo" : "undo";
    case "y":
      return "redo";
    case "s":
      return shiftKey ? undefined : "save";
    default:
      return undefined;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== "checkbox";
}
