"use client";

import { Page } from "../shell/page";
import { AccountSettings } from "./account-settings";
import { AppearanceSettings } from "./appearance-settings";
import { IdentitySettings } from "./identity-settings";
import { SampleSettings } from "./sample-settings";
import { SuppressionSettings } from "./suppression-settings";
import { TokenSettings } from "./token-settings";
import { WorkspaceSettings } from "./workspace-settings";

export function SettingsPage() {
  return (
    <Page title="Settings">
      <div className="max-w-3xl">
        <WorkspaceSettings />
        <IdentitySettings />
        <SuppressionSettings />
        <TokenSettings />
        <SampleSettings />
        <AppearanceSettings />
        <AccountSettings />
      </div>
    </Page>
  );
}
