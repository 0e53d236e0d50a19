"use client";

import { Page } from "../shell/page";
import { AccountSettings } from "./account-settings";
import { AppearanceSettings } from "./appearance-settings";
import { IdentitySettings } from "./identity-settings";
import { SampleSettings } from "./sample-settings";
import { TokenSettings } from "./token-settings";
import { WorkspaceSettings } from "./workspace-settings";

export function SettingsPage() {
  return (
    <Page title="Settings">
      <div className="max-w-3xl">
        <WorkspaceSettings />
        <IdentitySettings />
        <TokenSettings />
        <SampleSettings />
        <AppearanceSettings />
        <AccountSettings />
      </div>
    </Page>
  );
}
