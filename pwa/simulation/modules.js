/**
 * Lets Node run the app's own sources as they stand: `node --import ./modules.js host.ts`.
 * PLANTED may hold a bug to plant, `{"file", "from", "to"}`: the text is replaced in the source of that module.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

const planted = JSON.parse(process.env.PLANTED ?? '[]');

// Without a screen nothing reacts: state is what it holds.
globalThis.$state = { raw: (value) => value };

registerHooks({
  resolve: (name, context, next) => next(isSource(name) ? `${name}.ts` : name, context),
  load: (url, context, next) => {
    if (url.endsWith('.json')) return module(`export default ${read(url)}`);
    return url.endsWith('.ts')
      ? module(stripTypeScriptTypes(withBugs(url), { mode: 'transform' }))
      : next(url, context);
  },
});

/** The app's own imports leave the ending to the bundler. */
function isSource(name) {
  return name.startsWith('.') && !/\.(js|ts|json)$/.test(name);
}

function module(source) {
  return { format: 'module', source, shortCircuit: true };
}

function read(url) {
  return readFileSync(fileURLToPath(url), 'utf8');
}

function withBugs(url) {
  return planted.filter(({ file }) => url.endsWith(`/src/${file}`)).reduce(plant, read(url));
}

function plant(source, { file, from, to }) {
  if (!source.includes(from)) throw new Error(`${file} no longer holds: ${from}`);
  return source.replace(from, to);
}
