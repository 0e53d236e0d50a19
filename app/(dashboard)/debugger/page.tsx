import { DebuggerPage } from "@/components/debugger/debugger-page";

export default function Route() {
  return <DebuggerPage />;
}
