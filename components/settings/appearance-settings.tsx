"use client";

import { singleKeysStore } from "../shell/single-keys";
import { useTheme } from "../shell/theme";
import { Checkbox } from "../ui/checkbox";
import { Segmented } from "../ui/segmented";
import { SettingsSection } from "./settings-section";

const themes = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export function AppearanceSettings() {
  const [theme, setTheme] = useTheme();
  const [singleKeys, setSingleKeys] = singleKeysStore.use();
  return (
    <SettingsSection title="Appearance and keys" lead="Kept in this browser only.">
      <div className="grid justify-items-start gap-2">
        <Segmented label="Theme" value={theme} options={themes} onChange={setTheme} />
        <Checkbox checked={singleKeys} onChange={setSingleKeys} label="Single-letter keys are on" />
      </div>
    </SettingsSection>
  );
}
