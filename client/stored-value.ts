import { useSyncExternalStore } from "react";

/** A setting of this browser, kept in its local storage and shared by all who use it on the page. */
export interface StoredValue<Value> {
  read: () => Value;
  write: (value: Value) => void;
  use: () => [value: Value, write: (value: Value) => void];
}

/** `parse` turns what is stored, null when nothing is, into a value; it must answer the same object for the same text. */
export function storedValue<Value>(
  key: string,
  parse: (text: string | null) => Value,
  format: (value: Value) => string | null,
): StoredValue<Value> {
  const listeners = new Set<() => void>();
  const read = () => parse(localStorage.getItem(key));
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    window.addEventListener("storage", listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener("storage", listener);
    };
  };
  const write = (value: Value) => {
    const text = format(value);
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    for (const listener of listeners) listener();
  };
  return {
    read,
    write,
    use: () => [useSyncExternalStore(subscribe, read, () => parse(null)), write],
  };
}
