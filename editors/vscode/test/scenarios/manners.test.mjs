import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { editor, repository } from '../harness/editor.mjs'
import { check, closeShown, scenario } from '../harness/scenario.mjs'
import { serversOf, signal } from '../harness/processes.mjs'
import { until } from '../harness/wait.mjs'
import * as see from '../harness/workbench.mjs'

const definition = 'apiDefinition.swagger.json'

// A repository with a connector, other JSON, and settings of VS Code.
function mixed(folder) {
  fs.cpSync(path.join(repository, 'testdata/connectors/pets'), folder, { recursive: true })
  const write = (name, value) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), JSON.stringify(value, null, 2))
  }
  write('data.json', { swagger: '2.0', paths: { '/x': { get: { 'x-ms-visibilty': 'advance' } } } })
  write('.vscode/settings.json', { 'editor.tabSize': 2, connectorId: 5, nonsense: true })
  write('app/settings.json', { connectorId: 5, environment: [], script: 7, nonsense: true })
}

scenario("other JSON and VS Code's own settings get none of ours", { mixed }, async (page) => {
  await see.showProblems(page)
  for (const name of ['data.json', '.vscode/settings.json', 'app/settings.json']) await see.open(page, name)
  await see.userSettings(page)
  await see.open(page, definition)
  await see.goTo(page, 33, 40)
  await page.keyboard.type('Of')
  await see.problem(page, 'ListKindsOf') // so the server has answered for all that was opened before
  const ours = (await see.problems(page)).filter((line) => /\]?paconn[a-z-]+\[Ln/.test(line))
  assert.deepEqual(ours.filter((line) => !line.includes('ListKindsOf')), [])
  await see.shot(page, 'others')
})

scenario('two roots: each has its problems', { shop: 'pets', office: 'broken' }, async (page, p) => {
  const file = path.join(p.folders[0], definition)
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('#/definitions/Pet"', '#/definitions/Cat"'))
  await see.showProblems(page)
  await see.open(page, `shop/${definition}`)
  await see.problem(page, '#/definitions/Cat', 'ref-unresolved')
  await see.open(page, `office/${definition}`)
  await see.problem(page, '#/definitions/Invoise', 'ref-unresolved')
  assert.equal(p.servers().length, 1, 'one server serves both')
  await see.shot(page, 'two-roots')
})

scenario('a server that was killed comes back, and its diagnostics with it', { broken: 'broken' }, async (page, p) => {
  await see.open(page, definition)
  await see.showProblems(page)
  await see.problem(page, 'ref-unresolved')
  const [first] = p.servers()
  signal(first, 'SIGKILL')
  await until('another server runs', () => p.servers().some((pid) => pid !== first))
  await see.problem(page, 'ref-unresolved')
  await see.goTo(page, 33, 43)
  await page.keyboard.type('Now')
  await see.problem(page, 'ListCustomerNow')
  await see.shot(page, 'server-back')
})

scenario('restarts leave one server', { pets: 'pets' }, async (page, p) => {
  await see.open(page, definition)
  await until('a server runs', () => p.servers().length === 1)
  for (let i = 0; i < 2; i++) {
    const [old] = p.servers()
    await see.command(page, 'Power Connector: Restart Language Server')
    await until('another server runs, alone', () => p.servers().length === 1 && p.servers()[0] !== old)
  }
})

// A folder that somebody else made, which names a program of its own as the server.
function strange(folder) {
  fs.cpSync(path.join(repository, 'testdata/connectors/broken'), folder, { recursive: true })
  const program = path.join(folder, 'server.sh')
  fs.writeFileSync(program, `#!/bin/sh\n: > ${folder}/was-run\n`, { mode: 0o755 })
  fs.mkdirSync(path.join(folder, '.vscode'))
  fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'paconn.server.path': program }))
}

const untrusting = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' }

scenario('a folder that is not trusted is checked, and chooses no program', { strange }, async (page, p) => {
  await page.getByText('Restricted Mode').first().waitFor()
  await see.open(page, definition)
  await see.showProblems(page)
  await see.problem(page, 'ref-unresolved')
  assert.equal(fs.existsSync(path.join(p.folders[0], 'was-run')), false)
  await see.shot(page, 'untrusted')
}, { settings: untrusting })

check('a window that is closed leaves no server behind', async () => {
  const { config } = await editor()
  await closeShown()
  await until('the servers of the windows above have ended', () => serversOf(config).length === 0)
})
