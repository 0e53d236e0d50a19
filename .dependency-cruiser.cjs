const test = "\\.test\\.tsx?$";
const inBrowser = "^(client|components|app)/";

/** The import rules of docs/architecture.md. All of them are errors: a rule that only warns is soon broken. */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "nothing-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "core-is-pure",
      comment: "core/ runs in the browser and in tests alike: no store, no network, no disk, no framework.",
      severity: "error",
      from: { path: "^core/", pathNot: test },
      to: { path: "^(server|client|components|app|scripts|tests|e2e|generated)/|^server\\.ts$" },
    },
    {
      name: "core-has-no-io",
      severity: "error",
      from: { path: "^core/", pathNot: test },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "core-needs-next-to-nothing",
      severity: "error",
      from: { path: "^core/", pathNot: test },
      to: { path: "node_modules/", pathNot: "node_modules/(zod|temporal-polyfill|temporal-spec|re2js)/" },
    },
    {
      name: "browser-never-imports-server",
      severity: "error",
      from: { path: inBrowser },
      to: { path: "^(server|generated|scripts|tests|e2e)/|^server\\.ts$" },
    },
    {
      name: "browser-has-no-server-packages",
      severity: "error",
      from: { path: inBrowser },
      to: { path: "node_modules/(chdb|@clickhouse|@prisma|pg|@electric-sql|pglite-prisma-adapter|hono|@hono|pino)/" },
    },
    {
      name: "browser-has-no-node",
      severity: "error",
      from: { path: inBrowser, pathNot: test },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "client-below-components",
      severity: "error",
      from: { path: "^client/" },
      to: { path: "^(components|app)/" },
    },
    { name: "components-below-app", severity: "error", from: { path: "^components/" }, to: { path: "^app/" } },
    {
      name: "server-never-imports-pages",
      severity: "error",
      from: { path: "^server/" },
      to: { path: "^(client|components|app|scripts|e2e)/|^server\\.ts$" },
    },
    {
      name: "product-never-imports-tests",
      severity: "error",
      from: { path: "^(core|server|client|components|app)/|^server\\.ts$", pathNot: test },
      to: { path: "^(tests|e2e)/|\\.test\\.tsx?$" },
    },
    {
      name: "event-store-knows-no-stage",
      comment: "The way of the data: stages use the store, never the other way round.",
      severity: "error",
      from: { path: "^server/event-store/", pathNot: test },
      to: { path: "^server/(?!event-store/)" },
    },
    {
      name: "e2e-speaks-http-only",
      severity: "error",
      from: { path: "^e2e/" },
      to: { path: "^(server|client|components|app|generated)/|^server\\.ts$" },
    },
    {
      name: "ships-without-dev-dependencies",
      severity: "error",
      from: { path: "^(core|server|client|components|app)/|^server\\.ts$", pathNot: test },
      to: { dependencyTypes: ["npm-dev"], pathNot: "node_modules/@types/" },
    },
    {
      name: "every-package-is-declared",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|^generated/" },
    exclude: { path: "^(\\.next|dist|data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"] },
  },
};
