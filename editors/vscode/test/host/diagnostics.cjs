// How long a mistake takes to show once its file is open, and that restarts change nothing.
const assert = require('node:assert/strict')
const { extension, open, problems, until } = require('./host.cjs')

exports.run = async (vscode) => {
  await until('the connector wakes the extension', () => extension().isActive)
  const definition = await open('apiDefinition.swagger.json')
  const rule = 'ref-unresolved'
  await problems(definition.document, rule)

  const copy = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'copy/apiDefinition.swagger.json')
  await vscode.workspace.fs.writeFile(copy, Buffer.from(definition.document.getText()))
  const started = performance.now()
  const second = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(copy))
  await problems(second.document, rule)
  const milliseconds = performance.now() - started

  await vscode.window.showTextDocument(definition.document)
  for (let i = 0; i < 3; i++) await vscode.commands.executeCommand('paconnLs.restart')
  await problems(definition.document, rule)
  const ours = vscode.languages.getDiagnostics(definition.document.uri).filter((d) => d.source === 'paconn')
  const places = ours.map((d) => `${d.range.start.line}:${d.range.start.character} ${d.message}`)
  assert.equal(new Set(places).size, places.length, 'a problem shows twice')
  return { milliseconds }
}
