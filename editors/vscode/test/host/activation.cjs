// How long the extension takes to get ready, in a folder without a connector, where nothing has woken it.
const assert = require('node:assert/strict')
const { extension } = require('./host.cjs')

exports.run = async (vscode) => {
  const it = extension()
  assert.equal(it.isActive, false, 'it is awake without a connector')
  const cpu = process.cpuUsage()
  const started = performance.now()
  await it.activate()
  const milliseconds = performance.now() - started
  const spent = process.cpuUsage(cpu)
  const declared = it.packageJSON.contributes.commands.map((c) => c.command).sort()
  const registered = (await vscode.commands.getCommands(true)).filter((c) => c.startsWith('paconnLs.')).sort()
  assert.deepEqual(registered, declared)
  assert.ok(declared.every((c) => it.packageJSON.contributes.commands.find((d) => d.command === c).category === 'Power Connector'))
  return { milliseconds, work: (spent.user + spent.system) / 1000 }
}
