// Runs the tests in the real editor, one suite after the other, and says how they went and how long they took. What keeps
// them from running here is said in one line, and is no pass: where PACONN_EDITORS_REQUIRED is 1 it is a failure.
import * as fs from 'node:fs'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from 'node:test'
import { findBrowser } from './harness/browser.mjs'
import { forgetFailures } from './harness/shots.mjs'
import { say, Skip } from './harness/tell.mjs'
import { install } from './install.mjs'
import { pack } from './pack.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const started = Date.now()
const required = process.env.PACONN_EDITORS_REQUIRED === '1'
const most = 3 // more failures than that are no accident
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

try {
  const editor = install()
  findBrowser()
  process.env.PACONN_LS_VSIX ??= pack()
  say(`the editor: ${version(editor)}; ready after ${seconds(Date.now() - started)}`)
} catch (err) {
  if (!(err instanceof Skip)) throw err
  say(`*** SKIPPED, nothing was tested: ${err.message} ***`)
  process.exit(required ? 1 : 0)
}

forgetFailures()
const wanted = process.argv.slice(2)
const files = fs.readdirSync(path.join(here, 'scenarios')).filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .map((name) => path.join(here, 'scenarios', name))

const counts = { passed: 0, failed: 0, skipped: 0 }
const { failed } = await attempt(files)
// An editor, a browser and a server on a busy machine: what fails is tried once more, by itself, and what passes then is
// named, so that nobody takes it for sound.
const again = failed.length > 0 && failed.length <= most && !failed.some(isFile) ? await attempt(files, failed.map((t) => t.name)) : { passed: [] }
counts.failed = 0
for (const { name } of failed) {
  if (again.passed.includes(name)) say(`UNSTEADY, passed at the second try only: ${name}`)
  else counts.failed++
}
say(`it took ${seconds(Date.now() - started)}`)
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
const bad = counts.failed > 0 || counts.passed === 0 || (counts.skipped > 0 && required)
process.exitCode = bad ? 1 : 0

// Runs the tests of files, or those with certain names among them. Returns the names of those that passed, and the failed
// ones as { name }.
async function attempt(files, names) {
  const passed = []
  const failed = []
  process.env.PACONN_SCENARIOS = JSON.stringify(names ?? []) // for the processes of the files
  const stream = run({ files, concurrency: 1 })
  stream.on('test:pass', (t) => {
    if (isFile(t)) return
    if (t.skip === undefined) passed.push(t.name)
    counts[t.skip === undefined ? 'passed' : 'skipped']++
    say(`${t.skip === undefined ? 'ok     ' : 'SKIPPED'} ${seconds(t.details.duration_ms).padStart(7)}  ${t.name}${t.skip ? `: ${t.skip}` : ''}`)
  })
  stream.on('test:fail', (t) => {
    failed.push({ name: t.name })
    const why = t.details.error?.cause ?? t.details.error
    say(`FAILED  ${seconds(t.details.duration_ms).padStart(7)}  ${t.name}\n${why?.stack ?? why}`)
  })
  stream.on('test:diagnostic', (d) => {
    if (d.file && !/^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /.test(d.message)) say(`        ${d.message}`)
  })
  stream.on('test:stderr', ({ message }) => process.stderr.write(message))
  await new Promise((resolve) => {
    stream.on('end', resolve)
    stream.resume()
  })
  return { passed, failed }
}

// Reports whether a test stands for a whole file.
function isFile(t) {
  return path.isAbsolute(t.name) || t.name.endsWith('.test.mjs')
}

function version(editor) {
  const manifest = path.join(editor.folder, 'node_modules/code-server/lib/vscode/package.json')
  return `VS Code ${JSON.parse(fs.readFileSync(manifest, 'utf8')).version}`
}
