import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const badge = cva(
  "inline-flex h-5 shrink-0 items-center gap-1 rounded-2 px-1.5 text-12 font-word whitespace-nowrap [&_.lucide]:size-3",
  {
    variants: {
      tone: {
        plain: "bg-word text-ink-2",
        in: "bg-in-soft text-in",
        out: "bg-out-soft text-out",
        violation: "bg-violation-soft text-violation",
        accent: "bg-accent-soft text-accent-text",
      },
    },
    defaultVariants: { tone: "plain" },
  },
);

interface BadgeProps extends ComponentProps<"span">, VariantProps<typeof badge> {
  /** Gives the look to the one child, such as a link. */
  asChild?: boolean;
}

export function Badge({ tone, asChild = false, className, ...rest }: BadgeProps) {
  const classes = cn(badge({ tone }), className);
  return asChild ? <Slot.Root className={classes} {...rest} /> : <span className={classes} {...rest} />;
}
