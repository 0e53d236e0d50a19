import path from "node:path";
import { type APIRequestContext, expect, type Locator, type Page } from "@playwright/test";
import {
  createAudience,
  type ListedAudience,
  listAudiences,
  listMembers,
  updateAudience,
} from "../../core/api/audiences";
import { createDestination } from "../../core/api/destinations";
import { listFunnels, updateFunnel } from "../../core/api/funnels";
import { createSync } from "../../core/api/syncs";
import type { AudienceTree } from "../../core/audience/definition";
import { startWebhook } from "../../tests/destinations/webhook-server";
import { answered } from "../answered";
import { test } from "../foothold";
import { stoppedHalfway } from "../sample";

interface Picture {
  address: string;
  /** Seen once the page has everything that belongs on the picture. */
  complete: (page: Page) => Locator;
}

async function take(page: Page, name: string, { address, complete }: Picture): Promise<void> {
  await page.goto(address);
  await expect(complete(page)).toBeVisible();
  await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
  await expect(page.getByText(/days counted/)).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join("docs/screenshots", `${name}.png`), animations: "disabled" });
}

/** A second version, so that there is something to compare: whoever invited nobody either. */
async function changeAudience(api: APIRequestContext, { id, definition }: ListedAudience): Promise<void> {
  const alone: AudienceTree = { kind: "event", event: "Team Member Invited", count: { op: "exactly", value: 0 } };
  const root: AudienceTree = { kind: "all", conditions: [definition.root, alone] };
  const data = { definition: { ...definition, root }, note: "Whoever works alone is harder to keep" };
  await answered(updateAudience.answer, api.patch(`/api/audiences/${id}`, { data }));
}

/** Sends the audience to an address that takes everything; answers what ends that. */
async function sendToWebhook(api: APIRequestContext, audienceId: string): Promise<() => Promise<void>> {
  const secret = "whispered-between-us";
  const hook = await startWebhook(secret);
  const data = { tool: "webhook", name: "Lifecycle messages", settings: { url: `${hook.origin}/hook`, secret } };
  const { id } = await answered(createDestination.answer, api.post("/api/destinations", { data }));
  await answered(createSync.answer, api.post("/api/syncs", { data: { audienceId, destinationId: id } }));
  return () => hook.close();
}

test("pictures for the documentation, of what the sample brings", async ({ page, api }) => {
  const [audience] = (await answered(listAudiences.answer, api.get("/api/audiences"))).items;
  const [funnel] = (await answered(listFunnels.answer, api.get("/api/funnels"))).items;
  if (!funnel) throw new Error("The sample brings a funnel");
  const split = { funnel: { ...funnel.funnel, breakdown: { trait: "plan" } } };
  await answered(updateFunnel.answer, api.patch(`/api/funnels/${funnel.id}`, { data: split }));
  if (!audience) throw new Error("The sample brings no audience.");
  await changeAudience(api, audience);
  const members = `/api/audiences/${audience.id}/members?limit=1`;
  const [person] = (await answered(listMembers.answer, api.get(members))).items;
  const everyone = (of: Page) => of.getByRole("button", { name: /^All [\d,]+ people$/ });
  const pictures = {
    home: { address: "/", complete: (of) => of.getByRole("button", { name: "Make audience" }) },
    builder: { address: `/audiences/${audience.id}/edit`, complete: everyone },
    versions: {
      address: `/audiences/${audience.id}?view=versions&before=1&after=2`,
      complete: (of) => of.getByRole("button", { name: /^\+?[\d,]+ enter$/ }),
    },
    audience: { address: `/audiences/${audience.id}`, complete: (of) => of.getByRole("row").nth(5) },
    funnel: {
      address: `/funnels/${funnel.id}`,
      complete: (of) => of.getByRole("region", { name: "Funnel by plan" }).getByRole("row").nth(2),
    },
    profile: {
      address: `/profiles/${person?.id}`,
      complete: (of) => of.getByRole("main").getByText("Account Created").first(),
    },
  } satisfies Record<string, Picture>;

  for (const [name, picture] of Object.entries(pictures)) await take(page, name, picture);
  const stopSending = await sendToWebhook(api, audience.id);
  const toldOfAll = (of: Page) => of.getByText("Up to date");
  await take(page, "syncs", { address: `/audiences/${audience.id}?view=syncs`, complete: toldOfAll });
  await stopSending();
  const sequence = await answered(createAudience.answer, api.post("/api/audiences", { data: stoppedHalfway }));
  await take(page, "builder-sequence", { address: `/audiences/${sequence.id}/edit`, complete: everyone });
  await page.emulateMedia({ colorScheme: "dark" });
  await take(page, "builder-dark", pictures.builder);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  await take(page, "builder-phone", pictures.builder);
  await take(page, "funnel-phone", pictures.funnel);
});
