// The connector's files are checked whatever language somebody maps them to; other JSON, and VS Code's own, never is.
const assert = require('node:assert/strict')
const { extension, open, problems, until } = require('./host.cjs')

exports.run = async (vscode) => {
  await until('the connector wakes the extension', () => extension().isActive)
  const definition = await open('apiDefinition.swagger.json')
  assert.equal(definition.document.languageId, 'jsonc')
  await problems(definition.document, 'ref-unresolved')
  await problems(definition.document, 'json-syntax') // of which VS Code says nothing in that language

  const quiet = []
  for (const name of ['.vscode/settings.json', 'data.json']) quiet.push((await open(name)).document)
  await vscode.window.showTextDocument(definition.document)
  const json = await vscode.languages.setTextDocumentLanguage(definition.document, 'json')
  await problems(json, 'json-syntax', false) // so the server has answered for all that was opened before
  await until("VS Code's own message is there", () => vscode.languages.getDiagnostics(json.uri).some((d) => d.source === 'json' || /comma/i.test(d.message)))
  await problems(json, 'ref-unresolved')
  for (const document of quiet) {
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri).filter((d) => d.source === 'paconn'), [])
  }
}
