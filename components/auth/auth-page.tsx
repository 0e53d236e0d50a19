import type { ReactNode } from "react";
import { Logo } from "../shell/logo";

interface AuthPageProps {
  title: string;
  lead: ReactNode;
  children: ReactNode;
}

/** The quiet page before one is in. */
export function AuthPage({ title, lead, children }: AuthPageProps) {
  return (
    <main className="mx-auto grid w-full max-w-[360px] gap-6 px-5 pt-[14vh] pb-12">
      <title>{`${title} · Foothold`}</title>
      <Logo />
      <div>
        <h1 className="text-20 font-head tracking-title">{title}</h1>
        <p className="pt-1 text-14 text-ink-2">{lead}</p>
      </div>
      {children}
    </main>
  );
}
