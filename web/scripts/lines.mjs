// Fails if a line is longer than 120 characters or a file longer than 400 lines. The formatter wraps most code, but no
// comments, texts or names.
import { readdirSync, readFileSync, statSync } from 'node:fs';

const WIDTH = 120;
const LENGTH = 400;
/** Files that are not written by hand. */
const SKIPPED = ['node_modules', 'dist', 'src/protocol', 'test/recorded', 'package-lock.json'];
const web = new URL('../', import.meta.url);

function* filesIn(folder) {
  for (const name of readdirSync(new URL(folder, web)).sort()) {
    const path = folder + name;
    if (SKIPPED.includes(path)) continue;
    if (statSync(new URL(path, web)).isDirectory()) yield* filesIn(`${path}/`);
    // The width of documents, whose tables can't be wrapped, is checked by `tests/documents.rs`.
    else if (!name.endsWith('.md')) yield path;
  }
}

/** The number of characters; `length` would count UTF-16 units. */
const widthOf = (line) => [...line].length;

let faults = 0;
function fault(text) {
  console.error(`lines: ${text}`);
  faults += 1;
}

for (const path of filesIn('')) {
  const lines = readFileSync(new URL(path, web), 'utf8').trimEnd().split('\n');
  if (lines.length > LENGTH) fault(`web/${path} has ${lines.length} lines; the limit is ${LENGTH}`);
  for (const [at, line] of lines.entries()) {
    const width = widthOf(line);
    if (width > WIDTH) fault(`web/${path}:${at + 1} has ${width} characters; the limit is ${WIDTH}`);
  }
}
if (faults > 0) process.exit(1);
