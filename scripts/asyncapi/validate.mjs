// Parses the AsyncAPI documents named on the command line and tells of each whether it is valid; fails when one is not.

import fs from 'node:fs';
import { Parser } from '@asyncapi/parser';

const ERROR = 0;

/** What makes the document wrong, a line each; nothing when it is valid. */
async function faults(path) {
  const { document, diagnostics } = await new Parser().parse(fs.readFileSync(path, 'utf8'), { source: path });
  const errors = diagnostics.filter((found) => found.severity === ERROR);
  const lines = errors.map((found) => `${found.range.start.line + 1}: ${found.path.join('.')}: ${found.message}`);
  return document || lines.length > 0 ? lines : ['1: no AsyncAPI document'];
}

let failed = 0;
const paths = process.argv.slice(2);
for (const path of paths) {
  const found = await faults(path);
  if (found.length > 0) failed += 1;
  for (const fault of found) console.error(`${path}:${fault}`);
}
console.log(`asyncapi: ${paths.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && paths.length > 0 ? 0 : 1;
