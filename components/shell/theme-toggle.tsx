"use client";

import { Contrast } from "lucide-react";
import { Button } from "../ui/button";
import { useTheme } from "./theme";

/** Switches between light and dark; Settings also offers the system's own. */
export function ThemeToggle() {
  const [theme, setTheme] = useTheme();
  return (
    <Button
      look="quiet"
      icon
      aria-label="Switch between light and dark"
      onClick={() => {
        const dark = theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
        setTheme(dark ? "light" : "dark");
      }}
    >
      <Contrast aria-hidden className="[&_path]:fill-current" />
    </Button>
  );
}
