// Writes src/protocol from the contract's schemas: one type for every message, and one map of them by event name.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';

const schemas = new URL('../../docs/schemas/', import.meta.url);
const out = new URL('../src/protocol/', import.meta.url);

const pascal = (name) => name.replace(/(^|_)([a-z])/g, (_, __, letter) => letter.toUpperCase());

/** All messages of one direction as one document, since they share their parts. */
async function bundle(folder, suffix) {
  const $defs = {};
  const texts = {};
  const events = [];
  for (const file of (await readdir(new URL(folder, schemas))).sort()) {
    const event = file.replace('.json', '');
    const text = await readFile(new URL(folder + file, schemas), 'utf8');
    // Where two messages have parts of one name that differ, the later one's gets the message's name before it.
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
    // What stands beside a reference would make a type of its own of it.
    const {
      $defs: parts = {},
      $schema: _,
      ...message
    } = JSON.parse(renamed, (key, value) => (key && value?.$ref ? { $ref: value.$ref } : value));
    for (const [name, part] of Object.entries(JSON.parse(renamed).$defs ?? {})) texts[name] = JSON.stringify(part);
    Object.assign($defs, parts);
    // A document that is nothing but one of its parts needs no type of its own.
    const type = message.$ref?.split('/').pop() ?? pascal(event) + suffix;
    if (!message.$ref) $defs[type] = { ...message, title: type };
    events.push({ event, type });
  }
  return { $defs, events };
}

async function write(folder, suffix, file, map) {
  const { $defs, events } = await bundle(folder, suffix);
  // Named once, so that no type is written twice.
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

/** Objects with any keys are keyed by names of players, which must not be looked up as properties (src/by_name.ts). */
function keyedByName(types) {
  const safe = types.replace(/\{\s*\[k: string\]: (?!unknown)([^;]+);\s*\}/g, 'ByName<$1>');
  return safe === types ? types : safe.replace(/\n/, "\nimport type { ByName } from '../by_name';\n");
}

/** Only what has changed, so that nothing is built again for nothing. */
async function save(file, text) {
  await mkdir(out, { recursive: true });
  const target = new URL(file, out);
  const before = await readFile(target, 'utf8').catch(() => '');
  if (before !== text) await writeFile(target, text);
}

/** The bodies of contract battles: what is asked and answered over HTTP, each under its own name. */
async function writeBodies(folders, file) {
  const $defs = {};
  for (const folder of folders) {
    for (const name of (await readdir(new URL(folder, schemas))).sort()) {
      const text = await readFile(new URL(folder + name, schemas), 'utf8');
      // A part that is both asked and answered is as the answer has it.
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
