import { SettingsPage } from "@/components/settings/settings-page";

export default function Route() {
  return <SettingsPage />;
}
