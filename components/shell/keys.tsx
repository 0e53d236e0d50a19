"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { Checkbox } from "../ui/checkbox";
import { Dialog, DialogContent } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { singleKeysStore } from "./single-keys";

export interface KeyHelp {
  /** The keys as printed on them: `["Alt", "↑"]`. */
  keys: readonly string[];
  does: string;
}

interface Registry {
  add: (title: string, keys: readonly KeyHelp[]) => () => void;
}

const KeysContext = createContext<Registry | null>(null);

const everywhere: readonly KeyHelp[] = [
  { keys: ["/"], does: "search, or add a condition" },
  { keys: ["?"], does: "this list" },
  { keys: ["Esc"], does: "close what is open" },
];

/** Holds the list of keys that `?` opens; a page adds its own with `useKeyList`. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const [groups, setGroups] = useState<readonly { title: string; keys: readonly KeyHelp[] }[]>([]);
  const [open, setOpen] = useState(false);
  const [singleKeys, setSingleKeys] = singleKeysStore.use();
  const registry = useMemo<Registry>(
    () => ({
      add: (title, keys) => {
        const group = { title, keys };
        setGroups((now) => [...now, group]);
        return () => setGroups((now) => now.filter((other) => other !== group));
      },
    }),
    [],
  );
  useShortcut("?", () => setOpen(true), { always: true });
  return (
    <KeysContext value={registry}>
      {children}
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent title="Keys">
          {[...groups, { title: "Everywhere", keys: everywhere }].map(({ title, keys }) => (
            <section key={title} className="pb-3">
              <h3 className="pb-1 text-12 text-ink-3">{title}</h3>
              <dl>
                {keys.map((help) => (
                  <div key={help.does} className="flex items-center justify-between gap-4 border-t border-line py-1.5">
                    <dd>{help.does}</dd>
                    <dt className="flex flex-none gap-1">
                      {help.keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dt>
                  </div>
                ))}
              </dl>
            </section>
          ))}
          <Checkbox checked={singleKeys} onChange={setSingleKeys} label="Single-letter keys are on" />
        </DialogContent>
      </Dialog>
    </KeysContext>
  );
}

/** Adds a page's keys to the list while the page is shown. `keys` must keep its identity between renders. */
export function useKeyList(title: string, keys: readonly KeyHelp[]): void {
  const registry = useContext(KeysContext);
  useEffect(() => registry?.add(title, keys), [registry, title, keys]);
}

/** Calls `handler` on a single key, unless the person is typing or has switched such keys off. */
export function useShortcut(key: string, handler: () => void, options: { always?: boolean } = {}): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const always = options.always ?? false;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || (!always && !singleKeysStore.read())) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [key, always]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select, [role=menuitem]"))
  );
}
