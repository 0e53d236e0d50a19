"use client";

import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { cn } from "../ui/class-names";
import { EnvironmentNote } from "./environment";
import { NavSheet } from "./nav-sheet";
import { ThemeToggle } from "./theme-toggle";

interface PageProps {
  /** Of the page and of the browser's tab. */
  title: string;
  /** In place of the title's text, for one that can be edited in place. */
  heading?: ReactNode;
  /** Where the page hangs, outermost first. */
  crumbs?: readonly { label: string; href: string }[];
  /** Beside the title: a badge, a few quiet words. */
  aside?: ReactNode;
  /** At the right of the bar, the main one last. */
  actions?: ReactNode;
  /** Without padding and measure, for pages that divide the room themselves. */
  bare?: boolean;
  children: ReactNode;
}

/** A page of the product: its bar and its main part. */
export function Page({ title, heading, crumbs = [], aside, actions, bare = false, children }: PageProps) {
  return (
    <>
      <title>{`${title} · Foothold`}</title>
      <header className="sticky top-0 z-10 flex h-bar items-center gap-2 border-b border-line bg-page px-5 max-desk:px-3">
        <NavSheet />
        <div className="flex min-w-0 items-center gap-1.5 whitespace-nowrap text-ink-3">
          {crumbs.map((crumb) => (
            <Fragment key={crumb.href}>
              <Link href={crumb.href} className="rounded-1 hover:text-ink max-desk:hidden">
                {crumb.label}
              </Link>
              <span aria-hidden className="max-desk:hidden">
                /
              </span>
            </Fragment>
          ))}
          {heading ?? <h1 className="truncate font-head text-ink">{title}</h1>}
          {aside}
        </div>
        <div className="flex-1" />
        {actions}
        <EnvironmentNote />
        <ThemeToggle />
      </header>
      <main id="main" tabIndex={-1} className={cn("min-w-0", !bare && "max-w-[1240px] px-5 pt-4 pb-9 max-desk:px-3")}>
        {children}
      </main>
    </>
  );
}
