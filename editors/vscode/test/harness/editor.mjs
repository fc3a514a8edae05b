// A VS Code of its own for each scenario: fresh home, settings and extensions, the packed extension, one window.
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { install } from '../install.mjs'
import { closeBrowser, newPage } from './browser.mjs'
import { freePort, start } from './processes.mjs'
import { until } from './wait.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
export const repository = path.resolve(here, '../../../..')
const vsix = process.env.PACONN_LS_VSIX ?? path.join(repository, 'editors/vscode/paconn-ls.vsix')

// What keeps the editor quiet, so that a picture shows what the scenario is about.
const quiet = {
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.ignoreRecommendations': true,
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'window.dialogStyle': 'custom',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.editor.empty.hint': 'hidden',
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
}

// Makes the folders of a scenario. roots are folders of testdata/connectors, or functions that fill a folder, by the
// names that they get in the workspace.
export function project(roots) {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'paconn-ls-vscode-'))
  const place = (name) => {
    const folder = path.join(base, name)
    fs.mkdirSync(folder, { recursive: true })
    return folder
  }
  const folders = Object.entries(roots).map(([name, fill]) => {
    const folder = place(path.join('work', name))
    if (typeof fill === 'function') fill(folder)
    else fs.cpSync(path.join(repository, 'testdata/connectors', fill), folder, { recursive: true })
    return folder
  })
  return { base, folders, home: place('home'), config: place('home/paconn'), data: place('data'), extensions: place('extensions') }
}

// The environment of everything that runs for a scenario: no variable of whoever runs the tests but the PATH.
export function environment(p) {
  return {
    PATH: process.env.PATH, HOME: p.home, LANG: 'C.UTF-8', TMPDIR: os.tmpdir(),
    XDG_CONFIG_HOME: path.join(p.home, '.config'), XDG_DATA_HOME: path.join(p.home, '.local'), XDG_CACHE_HOME: path.join(p.home, '.cache'),
    PACONN_CONFIG_DIR: p.config, PACONN_TOKEN_CACHE: 'file', PACONN_RETRY_DELAY: '10ms',
    EXTENSIONS_GALLERY: '{"serviceUrl":""}', // there is none: else it is looked for on the network
  }
}

// Serves a project: { url, port, stop() }. settings are added to those of the user.
export async function serve(p, { settings = {}, trusted = true, packed = true } = {}) {
  const editor = install()
  const userFolder = path.join(p.data, 'User')
  fs.mkdirSync(userFolder, { recursive: true })
  const user = { ...quiet, ...(trusted ? {} : { 'security.workspace.trust.enabled': true }), ...settings }
  fs.writeFileSync(path.join(userFolder, 'settings.json'), JSON.stringify(user, null, 2))
  const folders = ['--user-data-dir', p.data, '--extensions-dir', p.extensions]
  const env = environment(p)
  if (packed) installExtension(editor, folders, env)
  const port = await freePort()
  const args = [editor.entry, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--config', '/dev/null', '--disable-telemetry',
    '--disable-update-check', '--disable-getting-started-override', '--disable-proxy', ...folders]
  if (trusted) args.push('--disable-workspace-trust')
  const running = start(editor.node, args, { cwd: p.base, env })
  const url = `http://127.0.0.1:${port}`
  try {
    await until('the editor is up', async () => {
      if (running.ended()) throw new Error(running.output())
      return (await fetch(`${url}/healthz`)).ok
    })
  } catch (err) {
    await running.stop()
    throw err
  }
  return { url, port, ...running }
}

function installExtension(editor, folders, env) {
  if (!fs.existsSync(vsix)) throw new Error(`${path.relative(repository, vsix)} is not there: npm run package:this in editors/vscode makes it`)
  const done = spawnSync(editor.node, [editor.entry, ...folders, '--install-extension', vsix, '--force'], { env, encoding: 'utf8', timeout: 60_000 })
  if (done.status !== 0) throw new Error(`the extension cannot be installed: ${done.stdout}${done.stderr}`)
}

// Opens a project in a window and hands it to the scenario: work(page, p). Everything is gone afterwards.
export async function inEditor(roots, options, work) {
  const p = project(roots)
  const server = await serve(p, options)
  let page
  try {
    page = await newPage()
    await page.goto(`${server.url}/?${target(p)}`)
    await page.locator('.monaco-workbench .statusbar').waitFor()
    await work(page, p)
  } finally {
    await page?.context().close()
    await server.stop()
    fs.rmSync(p.base, { recursive: true, force: true, maxRetries: 5 })
  }
}

// What is opened: the folder, or a workspace of several.
function target(p) {
  if (p.folders.length === 1) return new URLSearchParams({ folder: p.folders[0] })
  const file = path.join(p.base, 'work', 'two.code-workspace')
  fs.writeFileSync(file, JSON.stringify({ folders: p.folders.map((folder) => ({ path: folder })) }))
  return new URLSearchParams({ workspace: file })
}

export { closeBrowser }
