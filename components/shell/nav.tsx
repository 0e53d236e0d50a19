"use client";

import { useQuery } from "@tanstack/react-query";
import {
  Activity,
  Bell,
  Building2,
  ChartNoAxesColumnDecreasing,
  ClipboardCheck,
  FileUp,
  House,
  type LucideIcon,
  Radio,
  Send,
  SlidersHorizontal,
  User,
  Users,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { formatCount } from "@/client/format";
import { overviewQuery } from "@/client/queries/workspace";
import { Logo } from "./logo";
import { WorkspaceSwitcher } from "./workspace-switcher";

/** What the main navigation holds, for the side of a wide screen and the sheet of a phone alike. */
export function Nav({ place }: { place: "side" | "sheet" }) {
  const overview = useQuery(overviewQuery(30)).data;
  return (
    <nav aria-label="Main" className="flex h-full flex-col gap-px overflow-y-auto px-2 pt-2.5 pb-2.5">
      <Link href="/" className="mb-1.5 flex h-7 flex-none items-center rounded-3 px-2">
        <Logo />
      </Link>
      <WorkspaceSwitcher place={place} />
      <NavLink href="/" icon={House} label="Home" />
      <NavLink href="/audiences" icon={Users} label="Audiences" count={overview?.audiences} />
      <NavLink href="/funnels" icon={ChartNoAxesColumnDecreasing} label="Funnels" count={overview?.funnels} />
      <NavLink href="/profiles" icon={User} label="People" />
      <NavLink href="/accounts" icon={Building2} label="Accounts" />
      <NavLink href="/destinations" icon={Send} label="Destinations" />
      <NavLink href="/alerts" icon={Bell} label="Alerts" />
      <h2 className="px-2 pt-3.5 pb-1 text-12 text-ink-3">Data</h2>
      <NavLink href="/sources" icon={Activity} label="Sources" count={overview?.sources.length} />
      <NavLink href="/debugger" icon={Radio} label="Debugger" />
      <NavLink href="/tracking-plan" icon={ClipboardCheck} label="Tracking plan" />
      <NavLink href="/imports" icon={FileUp} label="Import" />
      <div className="min-h-2 flex-1" />
      <NavLink href="/settings" icon={SlidersHorizontal} label="Settings" />
    </nav>
  );
}

interface NavLinkProps {
  href: string;
  icon: LucideIcon;
  label: string;
  count?: number;
}

function NavLink({ href, icon: Icon, label, count }: NavLinkProps) {
  const pathname = usePathname();
  const current = href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      className="group flex h-ctl flex-none items-center gap-2 rounded-3 px-2 text-ink-2 transition-colors hover:bg-hover hover:text-ink aria-[current]:bg-press aria-[current]:font-word aria-[current]:text-ink"
    >
      <Icon aria-hidden className="text-ink-3 group-aria-[current]:text-ink" />
      {label}
      {count !== undefined && <span className="ml-auto text-12 font-text text-ink-3">{formatCount(count)}</span>}
    </Link>
  );
}
