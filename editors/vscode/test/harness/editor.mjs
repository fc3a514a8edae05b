// A VS Code for each suite: fresh home, settings and extensions, the packed extension.
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { install } from '../install.mjs'
import { findBrowser } from './browser.mjs'
import { freePort, start } from './processes.mjs'
import { until } from './wait.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
export const repository = path.resolve(here, '../../../..')
const vsix = process.env.PACONN_LS_VSIX ?? path.join(repository, 'editors/vscode/paconn-ls.vsix')

// Returns the editor of this suite: { url, home, config, env, user, place(name), logs(), stop() }. It is started when it is
// first asked for.
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
    const logs = () => [`the editor\n${server.output()}`, ...logsBelow(path.join(base, 'data/logs'))].join('\n')
    return { url: server.url, home, config, env, user, place, logs, stop }
  } catch (err) {
    remove()
    throw err
  }
}

// Returns what the extension logged, in each of the windows, and what its host did.
function logsBelow(folder) {
  const files = fs.readdirSync(folder, { recursive: true }).filter((name) => /(Power Connector|remoteexthost)[^/]*\.log$/.test(name))
  return files.sort().map((name) => `== ${name}\n${fs.readFileSync(path.join(folder, name), 'utf8')}`)
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
