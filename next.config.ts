import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  devIndicators: false,
  // The server also answers at its bare address, where development would refuse the pages their scripts.
  allowedDevOrigins: ["127.0.0.1"],
  turbopack: { root: import.meta.dirname },
  // Types are a check of their own (`npm test -- types`), not something to wait for at the first start.
  typescript: { ignoreBuildErrors: true },
};

export default config;
