// What the tests in the extension host have in common.
const fs = require('node:fs')
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

// Polls until check returns something true, and returns that.
exports.until = async (what, check) => {
  const end = Date.now() + 20_000
  for (;;) {
    const found = await check()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited 20 s in vain: ${what}`)
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
