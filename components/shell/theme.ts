import { storedValue } from "@/client/stored-value";

const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const stored = storedValue<Theme>(
  "foothold.theme",
  (text) => themes.find((theme) => theme === text) ?? "system",
  (theme) => (theme === "system" ? null : theme),
);

/** The chosen theme and its setter; kept in this browser. */
export function useTheme(): [theme: Theme, set: (theme: Theme) => void] {
  const [theme, write] = stored.use();
  return [
    theme,
    (next) => {
      write(next);
      if (next === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = next;
    },
  ];
}
