import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const button = cva(
  "relative inline-flex h-ctl shrink-0 items-center justify-center gap-1.5 rounded-3 px-2.5 font-word whitespace-nowrap transition-colors select-none disabled:pointer-events-none disabled:opacity-50 max-desk:px-3",
  {
    variants: {
      look: {
        plain:
          "bg-raised shadow-[inset_0_0_0_1px_var(--line-strong),var(--shadow-1)] hover:bg-hover active:bg-press aria-expanded:bg-hover",
        primary: "bg-accent text-on-accent shadow-1 hover:bg-accent-hover",
        quiet: "text-ink-2 hover:bg-hover hover:text-ink active:bg-press aria-expanded:bg-hover",
        danger: "bg-raised text-out shadow-[inset_0_0_0_1px_var(--out-line),var(--shadow-1)] hover:bg-out-soft",
      },
      icon: { true: "w-ctl px-0 max-desk:px-0", false: "" },
    },
    defaultVariants: { look: "plain", icon: false },
  },
);

interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof button> {
  /** Gives the look to the one child, such as a link. */
  asChild?: boolean;
}

export function Button({ look, icon, asChild = false, className, type, ...rest }: ButtonProps) {
  const classes = cn(button({ look, icon }), className);
  if (asChild) return <Slot.Root className={classes} {...rest} />;
  return <button type={type ?? "button"} className={classes} {...rest} />;
}
