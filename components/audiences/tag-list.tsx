import Link from "next/link";
import { Badge } from "../ui/badge";
import { cn } from "../ui/class-names";

/** What an audience is filed under; each leads to all that are. */
export function TagList({ tags, className }: { tags: readonly string[]; className?: string }) {
  return (
    <ul aria-label="Tags" className={cn("flex flex-wrap gap-1", className)}>
      {tags.map((tag) => (
        <li key={tag} className="max-w-full">
          <Badge className="max-w-full" asChild>
            <Link href={`/audiences?tag=${encodeURIComponent(tag)}`} className="hover:text-ink">
              <span className="truncate">{tag}</span>
            </Link>
          </Badge>
        </li>
      ))}
    </ul>
  );
}
