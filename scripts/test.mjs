import "./require-node.mjs";
import { prepare } from "./prepare.mjs";
import { root } from "./run.mjs";
import { formatSeconds } from "./step.mjs";
import { stages } from "./test-stages.mjs";

/**
 * Runs the stages that are asked for (all of them by default), each to its end, and counts what passed and failed.
 * Arguments with a slash are files: they narrow the stages that run tests.
 */
async function test(wanted) {
  process.chdir(root);
  const files = wanted.filter((argument) => argument.includes("/"));
  const names = wanted.filter((argument) => !argument.includes("/"));
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No stage is called ${unknown.join(", ")}. Stages: ${stages.map((stage) => stage.name).join(", ")}`,
    );
  }
  await prepare();

  const results = [];
  for (const stage of stages.filter(({ name }) => names.length === 0 || names.includes(name))) {
    console.log(`\n── ${stage.name}: ${stage.what}`);
    const began = performance.now();
    const counts = await stage.run(files).catch((error) => {
      console.error(error instanceof Error ? error.message : error);
      return { passed: 0, failed: 1 };
    });
    results.push({ name: stage.name, time: performance.now() - began, ...counts });
  }

  for (const failure of results.flatMap(({ failures = [] }) => failures)) console.log(`\n✗ ${failure}`);
  console.log("");
  for (const { name, time, passed, failed } of results) {
    console.log(
      `${failed === 0 ? "✓" : "✗"} ${name.padEnd(10)} ${passed} passed, ${failed} failed  ${formatSeconds(time)}`,
    );
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

test(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  console.log("\n0 passed, 1 failed");
  process.exitCode = 1;
});
