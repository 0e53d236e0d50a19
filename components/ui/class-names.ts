import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["11", "12", "13", "14", "16", "20", "28", "40"],
      "font-weight": ["text", "word", "head"],
      tracking: ["figure", "title"],
      radius: ["1", "2", "3", "4"],
      shadow: ["1", "2"],
      spacing: ["row", "ctl", "bar", "nav", "panel"],
    },
  },
});

/** Class names joined; of two Tailwind classes for the same property the later one holds. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
