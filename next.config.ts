import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  devIndicators: false,
  turbopack: { root: import.meta.dirname },
  // Types are a check of their own (`npm test -- types`), not something to wait for at the first start.
  typescript: { ignoreBuildErrors: true },
};

export default config;
