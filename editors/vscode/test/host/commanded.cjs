// A command wakes the extension where there is no connector, and says what there is to do.
const assert = require('node:assert/strict')
const { extension } = require('./host.cjs')

exports.run = async (vscode) => {
  assert.equal(extension().isActive, false, 'it is awake without a connector')
  await vscode.commands.executeCommand('paconnLs.checkWorkspace')
  assert.equal(extension().isActive, true)
  const registered = (await vscode.commands.getCommands(true)).filter((c) => c.startsWith('paconn.'))
  assert.ok(registered.includes('paconn.update'), 'the server does not run')
}
