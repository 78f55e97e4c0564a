// Makes dist/theme.css out of the parts of NL Design System that the pages use, and our own theme.css on top.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const at = (...parts) => join(here, ...parts);
const components = [
  'root', 'document', 'page-layout', 'page-header', 'page-body', 'page-footer', 'skip-link',
  'heading-1', 'heading-2', 'heading-3', 'heading-4', 'pre-heading', 'paragraph', 'link', 'separator',
  'unordered-list', 'ordered-list', 'table', 'data-list', 'multiline-data',
  'button', 'button-group', 'button-link', 'link-button',
  'form-field', 'form-field-description', 'form-field-error-message', 'form-fieldset', 'form-label',
  'textbox', 'textarea', 'select', 'radio-button', 'checkbox', 'alert', 'status-badge',
];

locked(() => {
  install();
  write('theme.css', compose());
  write('theme.js', script());
});

// Two builds at the same time must not install into the same folder.
function locked(work) {
  mkdirSync(at('dist'), { recursive: true });
  const lock = at('dist', '.building');
  for (let waited = 0; ; waited++) {
    try {
      mkdirSync(lock);
      break;
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
      const abandoned = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 180_000;
      if (abandoned || waited > 1_200) rmSync(lock, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function install() {
  const wanted = readFileSync(at('package-lock.json'), 'utf8');
  const installed = at('node_modules', '.installed');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: here, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32',
  });
  writeFileSync(installed, wanted);
}

function compose() {
  const css = components
    .map((name) => readFileSync(at('node_modules', '@utrecht', `${name}-css`, 'dist', 'index.min.css'), 'utf8'))
    .map((text) => text.replace(/\/\*[^]*?\*\//g, '').replace(/^@charset[^;]*;/, '').trim());
  const own = readFileSync(at('theme.css'), 'utf8');
  return [
    '/* NL Design System, EUPL-1.2: voorbeeld-design-tokens, @utrecht/component-library-css */',
    tokens([...css, own].join('\n')), ...css, own,
  ].join('\n');
}

// htmx with its extension for server-sent events (0BSD), and what it may do here: nothing that the CSP would have to allow.
function script() {
  const htmx = (file) => readFileSync(at('node_modules', 'htmx.org', 'dist', file), 'utf8').replace(/\/\/# sourceMappingURL=.*$/m, '').trim();
  return ['/* htmx.org 4.0.1, 0BSD */', htmx('htmx.min.js'), htmx('ext/hx-sse.min.js'), readFileSync(at('theme.js'), 'utf8'), readFileSync(at('autosave.js'), 'utf8'), readFileSync(at('keep.js'), 'utf8')].join('\n');
}

// Of some five thousand design tokens only those that a rule asks for, directly or through another token.
function tokens(rules) {
  const folder = at('node_modules', '@nl-design-system-unstable', 'voorbeeld-design-tokens', 'dist');
  const known = new Map(readFileSync(join(folder, 'theme.css'), 'utf8').split('\n')
    .map((line) => line.match(/^\s*(--[\w-]+):\s*(.*?);/)).filter(Boolean).map(([, name, value]) => [name, value]));
  const needed = new Set();
  const need = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name)
    .filter((name) => known.has(name) && !needed.has(name))
    .forEach((name) => {
      needed.add(name);
      need(known.get(name));
    });
  need(rules);
  return `.voorbeeld-theme{${[...needed].sort().map((name) => `${name}:${known.get(name)}`).join(';')}}`;
}

function write(name, text) {
  const bytes = Buffer.from(text, 'utf8');
  mkdirSync(at('dist'), { recursive: true });
  for (const [suffix, content] of [['.br', brotliCompressSync(bytes)], ['.gz', gzipSync(bytes, { level: 9 })], ['', bytes]]) {
    writeFileSync(at('dist', `${name}${suffix}.new`), content);
    renameSync(at('dist', `${name}${suffix}.new`), at('dist', `${name}${suffix}`));
  }
}
