// What wakes the extension, and what does not: VS Code looks for the files that activationEvents name.
const assert = require('node:assert/strict')
const { extension, until } = require('./host.cjs')

// Each in a folder of its own.
const marks = ['apiDefinition.swagger.json', 'ApiDefinition.json', 'apidefinition.json', 'apiProperties.json', 'apiproperties.json', 'ApiProperties.json',
  'petstore.swagger.json', 'paconn-ls.json']
const others = ['settings.json', 'package.json', 'swagger.json', 'data.json', 'script.py', 'api.json']

exports.marks = marks

exports.run = async (vscode) => {
  await until('the only mark of a connector, far down, wakes the extension', () => extension().isActive)
  const events = extension().packageJSON.activationEvents
  assert.ok(events.every((e) => e.startsWith('workspaceContains:')), `it wakes for nothing: ${events}`)

  const root = vscode.workspace.workspaceFolders[0].uri
  for (const name of [...marks, ...others]) {
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(root, 'all', name.replaceAll('.', '-'), name), Buffer.from('{}'))
  }
  const patterns = events.map((e) => e.replace('workspaceContains:', ''))
  const found = await until('the files are found', async () => {
    const all = (await Promise.all(patterns.map((p) => vscode.workspace.findFiles(new vscode.RelativePattern(vscode.Uri.joinPath(root, 'all'), p))))).flat()
    const names = new Set(all.map((f) => f.path.split('/').pop()))
    return names.size >= marks.length && names
  })
  assert.deepEqual([...found].sort(), [...marks].sort())
}
