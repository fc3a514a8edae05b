// Tests inside the extension host, where the extension is seen from the side of VS Code's own interfaces.
import * as fs from 'node:fs'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { editor, packedExtension } from './editor.mjs'
import { openWindow } from './window.mjs'

const tests = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../host')

// Runs the module of that name in the extension host of a window that shows the roots, with the packed extension, and
// returns what it reports. Its failure is thrown.
export async function inHost(name, roots, options = {}) {
  const e = await editor()
  const report = path.join(e.place('reports'), `${name}.json`)
  fs.rmSync(report, { force: true })
  const module = path.join(e.place('host'), `${name}.cjs`) // a copy with the place of its report: it has no environment of its own
  fs.writeFileSync(module, `require(${JSON.stringify(path.join(tests, 'host.cjs'))}).report(${JSON.stringify(report)}, ${JSON.stringify(path.join(tests, `${name}.cjs`))}, exports)\n`)
  let ended
  const exit = new Promise((resolve) => (ended = resolve))
  const before = async (page) => {
    await page.exposeFunction('codeAutomationExit', (code) => ended(code))
    await page.exposeFunction('codeAutomationLog', () => {})
    await page.addInitScript(develop, { extension: packedExtension(e), tests: module, authority: new URL(e.url).host })
  }
  const window = await openWindow(roots, { ...options, before })
  try {
    const limit = new Promise((_, reject) => setTimeout(() => reject(new Error('the tests in the host do not end')), 90_000).unref())
    const code = await Promise.race([exit, limit])
    if (!fs.existsSync(report)) throw new Error(`the host ended with ${code} and no report`)
    const result = JSON.parse(fs.readFileSync(report, 'utf8'))
    if (result.error) throw new Error(result.error)
    return result
  } finally {
    await window.close()
  }
}

// Tells the workbench, before it starts, which extension is developed and which tests to run. This runs in the page.
function develop({ extension, tests, authority }) {
  const uri = (path) => ({ $mid: 1, scheme: 'vscode-remote', authority, path })
  const add = () => {
    const element = document.getElementById('vscode-workbench-web-configuration')
    const settings = element?.getAttribute('data-settings')
    if (!settings) return false
    const all = JSON.parse(settings)
    all.developmentOptions = { ...all.developmentOptions, extensions: [uri(extension)], extensionTestsPath: uri(tests) }
    element.setAttribute('data-settings', JSON.stringify(all))
    return true
  }
  const observer = new MutationObserver(() => add() && observer.disconnect())
  observer.observe(document, { childList: true, subtree: true })
}
