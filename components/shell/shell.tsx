"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, Suspense, useEffect } from "react";
import { sessionQuery } from "@/client/queries/session";
import { FailedPage } from "./failed-page";
import { KeysProvider } from "./keys";
import { Nav } from "./nav";
import { WorkspaceAddress } from "./workspace-address";

/** The frame of every page for those who are signed in; the others are led to where they sign in. */
export function Shell({ children }: { children: ReactNode }) {
  const session = useQuery(sessionQuery);
  const router = useRouter();
  const away = session.data?.needsOwner ? "/setup" : session.data && !session.data.user ? "/login" : null;
  useEffect(() => {
    if (away) router.replace(away);
  }, [away, router]);
  if (session.isError && !session.data) {
    return <FailedPage error={session.error} onRetry={() => void session.refetch()} />;
  }
  if (away) return null;
  return (
    <KeysProvider>
      {session.data && (
        <Suspense fallback={null}>
          <WorkspaceAddress />
        </Suspense>
      )}
      <a
        href="#main"
        className="absolute -top-16 left-2 z-50 rounded-3 bg-accent px-3 py-1.5 text-on-accent focus:top-2"
      >
        Skip to the page
      </a>
      <div className="grid min-h-dvh grid-cols-[var(--nav-w)_minmax(0,1fr)] max-desk:grid-cols-1">
        <div className="sticky top-0 h-dvh border-r border-line max-desk:hidden">
          <Nav place="side" />
        </div>
        <div className="flex min-w-0 flex-col">{session.data && children}</div>
      </div>
    </KeysProvider>
  );
}
