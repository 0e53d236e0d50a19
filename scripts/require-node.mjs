/**
 * Stops with a clear message on a Node that is too old. Imported first by every command, because the modules that are
 * imported after it would fail there with a syntax error or a missing function.
 */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Foothold needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org/en/download`,
  );
  process.exit(1);
}
