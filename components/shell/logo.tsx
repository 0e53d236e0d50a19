import { cn } from "../ui/class-names";

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("flex items-center gap-2 font-head tracking-title", className)}>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" className="flex-none text-accent">
        <path
          d="M1.5 15.5h5v-5h5v-5h5"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.2"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        <circle cx="14.2" cy="2.3" r="1.5" fill="currentColor" />
      </svg>
      Foothold
    </span>
  );
}
