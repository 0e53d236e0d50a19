"use client";

import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { useState } from "react";
import { Button } from "../ui/button";
import { Nav } from "./nav";

/** The navigation of a phone: opened from the page's bar, closed by going somewhere. */
export function NavSheet() {
  const pathname = usePathname();
  const [openAt, setOpenAt] = useState<string>();
  return (
    <Radix.Root open={openAt === pathname} onOpenChange={(open) => setOpenAt(open ? pathname : undefined)}>
      <Radix.Trigger asChild>
        <Button look="quiet" icon aria-label="Open the navigation" className="-ml-2 desk:hidden">
          <Menu aria-hidden />
        </Button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[light-dark(oklch(0.22_0.014_262/.28),oklch(0_0_0/.55))] desk:hidden" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-40 w-64 bg-page shadow-2 desk:hidden"
        >
          <Radix.Title className="sr-only">Navigation</Radix.Title>
          <Nav place="sheet" />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
