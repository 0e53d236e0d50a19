import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const look =
  "rounded-1 font-word text-accent-text underline-offset-3 hover:underline disabled:text-ink-3 disabled:no-underline";

/** A button that reads as part of a sentence; with `asChild` a link. */
export function TextLink({ asChild = false, className, ...rest }: ComponentProps<"button"> & { asChild?: boolean }) {
  if (asChild) return <Slot.Root className={cn(look, className)} {...rest} />;
  return <button type="button" className={cn(look, className)} {...rest} />;
}
