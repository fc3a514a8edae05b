// What the tests in the extension host have in common.
const fs = require('node:fs')
const path = require('node:path')
const vscode = require('vscode')

// Makes run() of a module: it runs the tests of a file and writes what they return, or why they failed, into the report.
exports.report = (file, tests, into) => {
  into.run = async () => {
    let report
    try {
      report = await require(tests).run(vscode)
    } catch (err) {
      report = { error: err.stack }
    }
    fs.writeFileSync(file, JSON.stringify(report ?? {}))
  }
}

exports.extension = () => vscode.extensions.getExtension('paconn-ls.paconn-ls')

// Polls until check returns something true, and returns that. What the last try threw is part of the error.
exports.until = async (what, check) => {
  const end = Date.now() + 20_000
  for (;;) {
    let failure
    const found = await Promise.resolve().then(check).catch((err) => void (failure = err))
    if (found) return found
    if (Date.now() > end) throw new Error(`waited 20 s in vain: ${what}${failure ? `\n${failure}` : ''}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

// Opens a file of the first folder.
exports.open = async (name) => {
  const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name)
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file))
}

// Waits until a document has a problem of that rule, or has none, and returns the problems of ours.
exports.problems = (document, rule, wanted = true) =>
  exports.until(`${wanted ? 'a' : 'no'} problem ${rule}`, () => {
    const ours = vscode.languages.getDiagnostics(document.uri).filter((d) => d.source === 'paconn')
    return ours.some((d) => (d.code?.value ?? d.code) === rule) === wanted && ours
  }).then((found) => found)

// Returns what the extension has logged in this window.
exports.log = () => {
  const logs = path.resolve(exports.extension().extensionPath, '../../data/logs')
  const files = fs.readdirSync(logs, { recursive: true }).filter((name) => name.endsWith('Power Connector.log'))
  const latest = files.map((name) => path.join(logs, name)).sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs)[0]
  return latest ? fs.readFileSync(latest, 'utf8') : ''
}

// Returns the process ids of the language servers that a process has started.
exports.serversBelow = (parent) => fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
  try {
    const [, verb] = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return verb === 'serve' && fs.readFileSync(`/proc/${pid}/status`, 'utf8').includes(`PPid:\t${parent}\n`)
  } catch {
    return false // it is gone
  }
})
