/** The import rules of docs/architecture.md. All of them are errors: a rule that only warns is soon broken. */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "core-is-pure",
      comment: "core/ runs in the browser and in tests alike: no store, no network, no disk, no framework.",
      severity: "error",
      from: { path: "^core/" },
      to: { path: "^(server|client|components|app|scripts|tests|e2e)/|^server\\.ts$" },
    },
    {
      name: "core-has-no-io",
      severity: "error",
      from: { path: "^core/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "browser-never-imports-server",
      severity: "error",
      from: { path: "^(client|components|app)/" },
      to: { path: "^(server/|server\\.ts$)|node_modules/(chdb|@prisma|pg|@electric-sql|hono|pino)/" },
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
      to: { path: "^(client|components|app|scripts|tests|e2e)/|^server\\.ts$" },
    },
    {
      name: "e2e-speaks-http-only",
      severity: "error",
      from: { path: "^e2e/" },
      to: { path: "^(server|client|components|app)/" },
    },
    {
      name: "ships-without-dev-dependencies",
      severity: "error",
      from: { path: "^(core|server|client|components|app)/|^server\\.ts$", pathNot: "\\.test\\.tsx?$" },
      to: { dependencyTypes: ["npm-dev"], pathNot: "node_modules/@types/" },
    },
    { name: "nothing-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|dist|data|generated|node_modules)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"] },
  },
};
