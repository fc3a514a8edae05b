// A workspace that is not trusted is checked, and has nothing deployed, whoever asks for it.
const assert = require('node:assert/strict')
const { extension, log, open, until } = require('./host.cjs')

exports.run = async (vscode) => {
  assert.equal(vscode.workspace.isTrusted, false)
  await until('the connector wakes the extension', () => extension().isActive)
  await open('apiDefinition.swagger.json')
  await until('the server runs', async () => (await vscode.commands.getCommands(true)).includes('paconn.update'))
  for (const verb of ['login', 'list', 'download', 'create', 'update', 'validate']) {
    await assert.rejects(async () => vscode.commands.executeCommand(`paconn.${verb}`, {}), /not trusted/, verb)
  }
  assert.ok((await vscode.commands.executeCommand('paconn.status', {})).accounts)
  for (const verb of ['login', 'download', 'downloadAgain', 'create', 'update', 'dryRun', 'validate']) {
    const before = log().length
    await vscode.commands.executeCommand(`paconnLs.${verb}`)
    await until(`${verb} says why not`, () => /not trusted: its files are checked, but nothing is deployed/.test(log().slice(before)))
  }
}
