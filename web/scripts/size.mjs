// Fails if the first page (index.html and everything that it loads before any click) is too large when compressed.
import { readFileSync, statSync } from 'node:fs';

/** In bytes. */
const LIMIT = 150_000;
const dist = new URL('../dist/', import.meta.url);
const seen = new Set();

/** The size of the gzip copy, which every browser accepts, or of the file itself if there is none. */
function compressed(path) {
  const file = new URL(path, dist);
  try {
    return statSync(new URL(`${path}.gz`, dist)).size;
  } catch {
    return statSync(file).size;
  }
}

function visit(path) {
  if (seen.has(path)) return;
  seen.add(path);
  if (!/\.(html|js)$/.test(path)) return;
  const text = readFileSync(new URL(path, dist), 'utf8');
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const loaded = path.endsWith('.html')
    ? [...text.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1])
    : [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map((match) => folder + match[1]);
  loaded.forEach(visit);
}

visit('index.html');
let total = 0;
for (const path of seen) {
  const size = compressed(path);
  total += size;
  console.log(`${String(size).padStart(8)}  ${path}`);
}
console.log(`${String(total).padStart(8)}  first page, gzip; the limit is ${LIMIT}`);
if (total >= LIMIT) {
  console.error('size: the first page is too large');
  process.exit(1);
}
