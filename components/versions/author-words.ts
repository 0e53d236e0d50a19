import type { VersionAuthor } from "@/core/api/versions";

/** Who did something, by what was noted of them. */
export function authorWords(author: VersionAuthor | null): string {
  if (author === null) return "Foothold";
  switch (author.kind) {
    case "user":
      return author.name || author.email;
    case "token":
      return `API token ${author.name}`;
    case "environment":
      return "the server’s own API token";
  }
}
