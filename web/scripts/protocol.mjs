// Generates src/protocol from the contracts' schemas: a type for each message, and a map of them by event name.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';

const schemas = new URL('../../docs/schemas/', import.meta.url);
const out = new URL('../src/protocol/', import.meta.url);

const pascal = (name) => name.replace(/(^|_)([a-z])/g, (_, __, letter) => letter.toUpperCase());

/** Joins the schemas of all messages of one direction into one document, because they share definitions. */
async function bundle(folder, suffix) {
  const $defs = {};
  const texts = {};
  const events = [];
  for (const file of (await readdir(new URL(folder, schemas))).sort()) {
    const event = file.replace('.json', '');
    const text = await readFile(new URL(folder + file, schemas), 'utf8');
    // If two messages define different parts of the same name, the later part is prefixed with its message's name.
    const differs = Object.entries(JSON.parse(text).$defs ?? {})
      .filter(([name, part]) => texts[name] && texts[name] !== JSON.stringify(part))
      .map(([name]) => name);
    const renamed = differs.reduce(
      (all, name) =>
        all
          .replaceAll(`"#/$defs/${name}"`, `"#/$defs/${pascal(event)}${name}"`)
          .replace(`"${name}": {`, `"${pascal(event)}${name}": {`),
      text,
    );
    // Keywords beside a `$ref`, such as a description, would make the generator create another type.
    const {
      $defs: parts = {},
      $schema: _,
      ...message
    } = JSON.parse(renamed, (key, value) => (key && value?.$ref ? { $ref: value.$ref } : value));
    for (const [name, part] of Object.entries(JSON.parse(renamed).$defs ?? {})) texts[name] = JSON.stringify(part);
    Object.assign($defs, parts);
    // A schema that only refers to one of its parts needs no type of its own.
    const type = message.$ref?.split('/').pop() ?? pascal(event) + suffix;
    if (!message.$ref) $defs[type] = { ...message, title: type };
    events.push({ event, type });
  }
  return { $defs, events };
}

async function write(folder, suffix, file, map) {
  const { $defs, events } = await bundle(folder, suffix);
  // One root that refers to all messages, so that each type is generated once.
  const root = {
    title: `Any${suffix}`,
    anyOf: events.map(({ type }) => ({ $ref: `#/$defs/${type}` })),
    $defs,
  };
  const types = await compile(root, root.title, settings(folder));
  const lines = events.map(({ event, type }) => `  ${event}: ${type};`);
  const table = `/** Every message by its event's name. */\nexport interface ${map} {\n${lines.join('\n')}\n}\n`;
  await save(file, `${keyedByName(types)}\n${table}`);
}

const settings = (folder) => ({
  additionalProperties: false,
  bannerComment: `// Generated from docs/schemas/${folder} by scripts/protocol.mjs.`,
  ignoreMinAndMaxItems: true,
  unreachableDefinitions: true,
});

/** Objects with arbitrary keys are keyed by players' names, so they become `ByName` (src/by_name.ts). */
function keyedByName(types) {
  const safe = types.replace(/\{\s*\[k: string\]: (?!unknown)([^;]+);\s*\}/g, 'ByName<$1>');
  return safe === types ? types : safe.replace(/\n/, "\nimport type { ByName } from '../by_name';\n");
}

/** Writes a file only if it has changed, so that nothing is rebuilt needlessly. */
async function save(file, text) {
  await mkdir(out, { recursive: true });
  const target = new URL(file, out);
  const before = await readFile(target, 'utf8').catch(() => '');
  if (before !== text) await writeFile(target, text);
}

/** Generates the request and response bodies of contract battles. */
async function writeBodies(folders, file) {
  const $defs = {};
  for (const folder of folders) {
    for (const name of (await readdir(new URL(folder, schemas))).sort()) {
      const text = await readFile(new URL(folder + name, schemas), 'utf8');
      // A part that occurs in requests and responses is taken from the responses.
      Object.assign(
        $defs,
        JSON.parse(text, (_, value) => (value?.$ref && !value.$defs ? { $ref: value.$ref } : value)).$defs,
      );
    }
  }
  const root = { title: 'AnyBody', anyOf: Object.keys($defs).map((name) => ({ $ref: `#/$defs/${name}` })), $defs };
  await save(file, keyedByName(await compile(root, root.title, settings(folders.join(' and ')))));
}

await writeBodies(['battles/request/', 'battles/response/'], 'rest.ts');
await write('game/server/', 'Message', 'server.ts', 'ServerEvents');
await write('game/client/', 'Command', 'client.ts', 'ClientEvents');
await write('live_log/server/', 'Message', 'live_log.ts', 'LogEvents');
await write('live_log/client/', 'Command', 'live_log_client.ts', 'LogCommands');
