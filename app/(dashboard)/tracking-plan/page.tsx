import { TrackingPlanPage } from "@/components/tracking-plan/tracking-plan-page";

export default function Route() {
  return <TrackingPlanPage />;
}
