import { NewFunnelPage } from "@/components/funnel/new-funnel-page";

export default function Route() {
  return <NewFunnelPage />;
}
