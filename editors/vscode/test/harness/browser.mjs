// The browser that shows the editor: the chromium of the machine, one for each run.
import { spawnSync } from 'node:child_process'
import { install } from '../install.mjs'
import { Skip } from './tell.mjs'

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']

let running

// Returns a window that knows nothing of those before it, at a size that can be read in a page. They share what was loaded, which
// is most of the time that the editor takes to show.
export async function newPage(origin) {
  running ??= await open()
  const page = await running.context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`${origin}/healthz`)
  await page.evaluate(async () => {
    localStorage.clear()
    const gone = (name) => new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name)
      request.onsuccess = resolve
      request.onerror = request.onblocked = () => reject(new Error(`${name} of an earlier window is still in use`))
    })
    for (const { name } of await indexedDB.databases()) await gone(name)
  })
  return page
}

export async function closeBrowser() {
  await running?.browser.close()
  running = undefined
}

async function open() {
  const browser = await launch()
  const context = await browser.newContext({ viewport: { width: 1000, height: 640 }, colorScheme: 'dark' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  return { browser, context }
}

async function launch() {
  const { chromium } = await import(install().playwright)
  return chromium.launch({ executablePath: findBrowser(), args: flags })
}

// Returns the path of chromium, which is installed where that can be. Throws a Skip where there is none.
export function findBrowser() {
  return which() ?? (fromDebian(), which()) ?? missing()
}

function which() {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim()
    if (found) return found
  }
}

function fromDebian() {
  if (process.getuid() !== 0 || spawnSync('apt-get', ['--version']).error) return
  const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 })
  apt('update')
  apt('install', '-y', '--no-install-recommends', 'chromium')
}

function missing() {
  throw new Skip('no chromium here, and it can only be installed as root on Debian')
}
