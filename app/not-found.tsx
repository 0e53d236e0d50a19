import Link from "next/link";
import { Logo } from "@/components/shell/logo";
import { Button } from "@/components/ui/button";

export default function NotFound() {
  return (
    <main className="mx-auto grid max-w-md gap-4 px-5 pt-[18vh]">
      <title>No such page · Foothold</title>
      <Logo />
      <div>
        <h1 className="text-16 font-head tracking-title">There is no page at this address</h1>
        <p className="pt-0.5 text-ink-2">It may have been moved, or the address may be mistyped.</p>
      </div>
      <div>
        <Button asChild look="primary">
          <Link href="/">Go to Home</Link>
        </Button>
      </div>
    </main>
  );
}
