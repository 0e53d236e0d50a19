import type { IdentifierKind } from "@/core/destinations/tool";

export const identifierNames: Readonly<Record<IdentifierKind, string>> = {
  userId: "User id",
  email: "Email",
  anonymousId: "Anonymous id",
  profileId: "Profile id",
};
