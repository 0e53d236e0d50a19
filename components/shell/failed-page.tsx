"use client";

import { messageOf } from "@/client/api-error";
import { Button } from "../ui/button";
import { Logo } from "./logo";

/** In place of everything, when the product itself cannot be shown. */
export function FailedPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <main className="mx-auto grid max-w-md gap-4 px-5 pt-[18vh]">
      <title>Foothold</title>
      <Logo />
      <div>
        <h1 className="text-16 font-head tracking-title">This page could not be shown</h1>
        <p className="pt-0.5 text-ink-2">{messageOf(error)}</p>
      </div>
      <div>
        <Button look="primary" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </main>
  );
}
