// Every setting is followed while the editor runs.
const assert = require('node:assert/strict')
const fs = require('node:fs')
const path = require('node:path')
const { extension, log, open, problems, until } = require('./host.cjs')

const development = '33333333-dddd-4eee-8fff-444444444444' // an environment of every sandbox

exports.run = async (vscode) => {
  await until('the connector wakes the extension', () => extension().isActive)
  const set = (name, value) => vscode.workspace.getConfiguration('paconn').update(name, value, vscode.ConfigurationTarget.Workspace)
  const { document } = await open('apiDefinition.swagger.json')
  const rule = 'ref-unresolved'
  await problems(document, rule)

  await set('rules', { [rule]: 'off' })
  await problems(document, rule, false)
  await set('rules', { [rule]: 'information' })
  await until('the severity is another', () => vscode.languages.getDiagnostics(document.uri)
    .some((d) => (d.code?.value ?? d.code) === rule && d.severity === vscode.DiagnosticSeverity.Information))
  await set('rules', undefined)
  await problems(document, rule)

  const severity = (s) => () => vscode.languages.getDiagnostics(document.uri).some((d) => (d.code?.value ?? d.code) === 'url-encoding-missing' && d.severity === s)
  await until('to a connector of one\'s own it is a hint', severity(vscode.DiagnosticSeverity.Hint))
  await set('profile', 'certified')
  await until('to a certified one it matters more', severity(vscode.DiagnosticSeverity.Information))
  await set('profile', undefined)
  await until('it is a hint again', severity(vscode.DiagnosticSeverity.Hint))

  await set('environment', development)
  await set('rules', { [rule]: 'off' })
  await problems(document, rule, false) // so the server has heard of both
  assert.equal((await vscode.commands.executeCommand('paconn.list', { what: 'connectors' })).environment, development)
  await set('environment', undefined)
  await set('rules', undefined)
  await problems(document, rule)

  await trace(vscode, set, document)
  await serverPath(vscode, set, document, rule)
  return {}
}

// What of the talk with the server is logged.
async function trace(vscode, set, document) {
  await vscode.commands.executeCommand('_extensionTests.setLogLevel', 'trace')
  const talk = async (value) => {
    await set('trace.server', value)
    const before = log().length
    await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, new vscode.Position(1, 3))
    await until(`the talk is logged as ${value}`, () => /textDocument\/hover/.test(log().slice(before)))
    return log().slice(before)
  }
  assert.doesNotMatch(await talk('messages'), /"position"/)
  assert.match(await talk('verbose'), /"position"/)
  await set('trace.server', undefined)
  await vscode.commands.executeCommand('_extensionTests.setLogLevel', 'info')
}

// The program, which is started anew when another one is named.
async function serverPath(vscode, set, document, rule) {
  const serving = async () => (await vscode.commands.getCommands(true)).includes('paconn.update')
  const copy = path.join(vscode.workspace.workspaceFolders[0].uri.fsPath, 'another-paconn-ls')
  fs.copyFileSync(path.join(extension().extensionPath, 'bin/paconn-ls'), copy)
  await set('server.path', copy)
  await until('the other program serves', () => log().includes(`The server is ${copy}`))
  await problems(document, rule)

  await set('server.path', '/nowhere/paconn-ls')
  await until('the missing program is told of', () => /paconn\.server\.path names \/nowhere\/paconn-ls, which is not there/.test(log()))
  await until('nobody serves', async () => !(await serving()))
  await set('server.path', undefined)
  await until('the own program serves again', serving)
  await problems(document, rule)
}
