import { createAudience } from "../core/api/audiences";
import { listProfiles } from "../core/api/profiles";
import { createSource } from "../core/api/sources";
import { expectAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";

// Of its own: people come and go here.
test.use({ workspace: "identity", sample: false });

test("two people are joined, parted and deleted on their pages, each after it was seen what that changes", async ({
  page,
  api,
  foothold,
}) => {
  const { writeKey } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "Web" } }));
  const batch = [
    { type: "page", name: "Pricing", anonymousId: "visitor-1" },
    {
      type: "identify",
      userId: "maria",
      anonymousId: "visitor-1",
      traits: { email: "maria@northwind.example", plan: "pro" },
    },
    { type: "identify", userId: "maria-2", traits: { email: "Maria@northwind.example", plan: "free" } },
  ];
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`;
  expect((await api.post("/v1/batch", { data: { batch }, headers: { authorization } })).ok()).toBe(true);
  const definition = { version: 1, root: { kind: "trait", trait: "plan", op: "equals", value: "pro" } };
  await answered(createAudience.answer, api.post("/api/audiences", { data: { name: "Paying", definition } }));
  const found = await answered(listProfiles.answer, api.get("/api/profiles?userId=maria"));

  await page.goto(`${foothold.origin}/profiles/duplicates`);
  await page.getByRole("button", { name: "Join…" }).click();
  const dialog = page.getByRole("dialog", { name: "Join with maria@northwind.example" });
  await expect(dialog.getByText("loses 1 person")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Join the two" }).click();
  const joins = page.getByRole("region", { name: "How identifiers were joined" });
  await expect(joins.getByText("User maria-2 was joined with user maria by hand.")).toBeVisible();
  await expect(
    joins.getByText("Anonymous id visitor-1 joined user maria by a message that carried both."),
  ).toBeVisible();
  await expect(page.getByText("In none of the saved audiences now.")).toBeVisible();

  await joins.getByRole("button", { name: "Undo: User maria-2 was joined with user maria by hand" }).click();
  const undo = page.getByRole("dialog", { name: "Undo this join?" });
  await expect(undo.getByText("gains 1 person")).toBeVisible();
  await expectAccessible(page);
  await undo.getByRole("button", { name: "Undo the join" }).click();
  await expect(undo).toBeHidden();
  await page.goto(`${foothold.origin}/profiles/${found.items[0]?.id}`);
  await expect(page.getByRole("link", { name: "Paying" })).toBeVisible();

  await page.getByRole("searchbox", { name: "Search the timeline" }).fill("pricing");
  await expect(page.getByRole("button", { name: /Viewed page Pricing/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /Identified/ })).toHaveCount(0);
  await page.getByRole("button", { name: "plan: values that it had" }).click();
  await expect(page.getByRole("list", { name: "Values of plan" }).getByText("pro")).toBeVisible();

  await page.getByRole("button", { name: "More about this person" }).click();
  await page.getByRole("menuitem", { name: "Delete this person…" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  const receipt = page.getByRole("dialog", { name: "Deleted" });
  await expect(receipt.getByText("2 identifiers")).toBeVisible();
  await expectAccessible(page);
  await receipt.getByRole("button", { name: "To the people" }).click();
  await expect(page.getByRole("link", { name: "Maria@northwind.example" })).toBeVisible();
  await expect(page.getByRole("link", { name: "maria@northwind.example", exact: true })).toHaveCount(0);
  const again = await api.post("/v1/track", { data: { event: "Back", userId: "maria" }, headers: { authorization } });
  expect(again.status()).toBe(400);
});
