import { FunnelsPage } from "@/components/funnel/funnels-page";

export default function Route() {
  return <FunnelsPage />;
}
