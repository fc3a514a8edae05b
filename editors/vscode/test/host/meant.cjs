// A command is for what it was called on, and mends the text that is there: else it does nothing.
const assert = require('node:assert/strict')
const { extension, open, problems, until } = require('./host.cjs')

exports.run = async (vscode) => {
  await until('the connector wakes the extension', () => extension().isActive)
  const definition = await open('apiDefinition.swagger.json')
  await problems(definition.document, 'ref-unresolved')
  const root = vscode.workspace.workspaceFolders[0].uri
  const before = definition.document.getText()

  await vscode.commands.executeCommand('paconnLs.fixAll', vscode.Uri.joinPath(root, 'gone/petstore'))
  assert.equal(definition.document.getText(), before, 'a command for a folder that is no connector is run for the one at hand')

  const other = await open('other/petstore.json') // which the server reads from disk
  await other.edit((edit) => edit.insert(new vscode.Position(0, 0), '\n\n\n'))
  const typed = other.document.getText()
  await vscode.commands.executeCommand('paconnLs.fixAll', vscode.Uri.joinPath(root, 'other'))
  assert.equal(other.document.getText(), typed, 'fixes for the text on disk are put into another text')
  await other.document.save()
  await until('they are put into the one that is saved', async () => {
    await vscode.commands.executeCommand('paconnLs.fixAll', vscode.Uri.joinPath(root, 'other'))
    return other.document.getText() !== typed
  })
  assert.equal(other.document.getText(), typed.replace('"required": "false"', '"required": false'))
  return {}
}
