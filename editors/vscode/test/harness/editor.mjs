// A VS Code for each suite: fresh home, settings and extensions, the packed extension. Each scenario of the suite has
// folders, settings and a window of its own.
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { install } from '../install.mjs'
import { findBrowser, newPage } from './browser.mjs'
import { freePort, serversOf, start } from './processes.mjs'
import { until } from './wait.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
export const repository = path.resolve(here, '../../../..')
const vsix = process.env.PACONN_LS_VSIX ?? path.join(repository, 'editors/vscode/paconn-ls.vsix')

// What keeps the editor quiet, so that a picture shows what the scenario is about.
const quiet = {
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off', // as on a desktop; in a browser it would be on
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'window.dialogStyle': 'custom',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.editor.empty.hint': 'hidden',
  'workbench.editor.useModal': 'off',
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
}

// Returns the editor of this suite: { url, home, config, env, user, place(name), stop() }. It is started when it is first
// asked for.
export function editor() {
  running ??= serve()
  return running
}

let running

// Ends the editor of this suite, and leaves nothing of it.
export async function closeEditor() {
  const e = await running?.catch(() => undefined) // why it did not start has been told
  running = undefined
  await e?.stop()
}

async function serve() {
  const installed = install()
  findBrowser()
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'paconn-ls-vscode-'))
  const place = (name) => {
    const folder = path.join(base, name)
    fs.mkdirSync(folder, { recursive: true })
    return folder
  }
  const home = place('home')
  const config = place('home/paconn')
  const user = path.join(place('data/User'), 'settings.json')
  const env = environment(home, config)
  const remove = () => fs.rmSync(base, { recursive: true, force: true, maxRetries: 5 })
  try {
    const folders = ['--user-data-dir', place('data'), '--extensions-dir', place('extensions')]
    installExtension(installed, folders, env)
    const server = await listen(installed, folders, base, env)
    const stop = async () => {
      await server.stop()
      remove()
    }
    return { url: server.url, home, config, env, user, place, stop }
  } catch (err) {
    remove()
    throw err
  }
}

// The environment of everything that runs for a suite: no variable of whoever runs the tests but the PATH.
function environment(home, config) {
  return {
    PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', TMPDIR: os.tmpdir(),
    XDG_CONFIG_HOME: path.join(home, '.config'), XDG_DATA_HOME: path.join(home, '.local'), XDG_CACHE_HOME: path.join(home, '.cache'),
    PACONN_CONFIG_DIR: config, PACONN_TOKEN_CACHE: 'file', PACONN_RETRY_DELAY: '10ms',
    EXTENSIONS_GALLERY: '{"serviceUrl":""}', // there is none: else it is looked for on the network
  }
}

async function listen(installed, folders, cwd, env) {
  const port = await freePort()
  const server = start(installed.node, [installed.entry, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--config', '/dev/null',
    '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--disable-proxy',
    '--reconnection-grace-time', '1', ...folders], { cwd, env })
  const url = `http://127.0.0.1:${port}`
  try {
    await until('the editor is up', async () => {
      if (server.ended()) throw new Error(server.output())
      return (await fetch(`${url}/healthz`)).ok
    }, { within: 60_000 })
  } catch (err) {
    await server.stop()
    throw err
  }
  return { url, ...server }
}

function installExtension(installed, folders, env) {
  if (!fs.existsSync(vsix)) throw new Error(`${path.relative(repository, vsix)} is not there: npm run package:this in editors/vscode makes it`)
  const done = spawnSync(installed.node, [installed.entry, ...folders, '--install-extension', vsix, '--force'], { env, encoding: 'utf8', timeout: 120_000 })
  if (done.status !== 0) throw new Error(`the extension cannot be installed: ${done.stdout}${done.stderr}`)
}

// Returns the folder that the package was unpacked into.
export function packedExtension(e) {
  const folder = e.place('extensions')
  const name = fs.readdirSync(folder).find((entry) => /^paconn-ls\./.test(entry))
  return path.join(folder, name)
}

let scenarios = 0

// Opens folders in a window and hands it to the scenario: work(page, { base, folders, config, env, servers() }). roots are
// folders of testdata/connectors, or functions that fill a folder, by the names that they get. settings are the user's;
// before(page) prepares the window.
export async function inEditor(roots, { settings = {}, before }, work) {
  const e = await editor()
  const base = e.place(`work${++scenarios}`)
  const folders = Object.entries(roots).map(([name, fill]) => {
    const folder = e.place(path.join(path.basename(base), name))
    if (typeof fill === 'function') fill(folder)
    else fs.cpSync(path.join(repository, 'testdata/connectors', fill), folder, { recursive: true })
    return folder
  })
  fs.writeFileSync(e.user, JSON.stringify({ ...quiet, ...settings }, null, 2))
  const others = serversOf(e.config)
  const servers = () => serversOf(e.config).filter((pid) => !others.includes(pid))
  const page = await newPage(e.url)
  try {
    await before?.(page)
    await page.goto(`${e.url}/?${target(base, folders)}`)
    await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 })
    await work(page, { base, folders, config: e.config, env: e.env, servers })
  } finally {
    await page.close()
  }
}

// What is opened: the folder, or a workspace of several.
function target(base, folders) {
  if (folders.length === 1) return new URLSearchParams({ folder: folders[0] })
  const file = path.join(base, 'two.code-workspace')
  fs.writeFileSync(file, JSON.stringify({ folders: folders.map((folder) => ({ path: folder })) }))
  return new URLSearchParams({ workspace: file })
}
