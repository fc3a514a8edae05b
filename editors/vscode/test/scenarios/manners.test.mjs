import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { editor, repository } from '../harness/editor.mjs'
import { check, closeShown, scenario, sharing } from '../harness/scenario.mjs'
import { serversOf, signal } from '../harness/processes.mjs'
import { until } from '../harness/wait.mjs'
import * as see from '../harness/workbench.mjs'

const definition = 'apiDefinition.swagger.json'

function write(folder, name, value) {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
  fs.writeFileSync(path.join(folder, name), JSON.stringify(value, null, 2))
}

const copy = (name, folder) => fs.cpSync(path.join(repository, 'testdata/connectors', name), folder, { recursive: true })

// A repository with two connectors, other JSON, and settings of VS Code.
const mixed = sharing({
  repository: (folder) => {
    copy('pets', path.join(folder, 'pets'))
    copy('broken', path.join(folder, 'invoices'))
    write(folder, 'data.json', { swagger: '2.0', paths: { '/x': { get: { 'x-ms-visibilty': 'advance' } } } })
    write(folder, '.vscode/settings.json', { 'editor.tabSize': 2, connectorId: 5, nonsense: true })
    write(folder, 'app/settings.json', { connectorId: 5, environment: [], script: 7, nonsense: true })
  },
})

// Returns the lines of ours in the list of problems.
const ours = async (page) => (await see.problems(page)).filter((line) => /\]?paconn[a-z-]+\[Ln/.test(line))

mixed("other JSON and VS Code's own settings get none of ours", async (page) => {
  await see.showProblems(page)
  await see.filterProblems(page, '!**/invoices/**')
  for (const name of ['data.json', '.vscode/settings.json', 'app/settings.json']) await see.open(page, name)
  await see.userSettings(page)
  await see.open(page, `pets/${definition}`)
  await see.goTo(page, 33, 40)
  await page.keyboard.type('Of')
  await see.problem(page, 'ListKindsOf') // so the server has answered for all that was opened before
  assert.deepEqual((await ours(page)).filter((line) => !line.includes('ListKindsOf')), [])
  await see.shot(page, 'others')
})

mixed('the whole workspace is checked, whatever is open', async (page) => {
  await see.command(page, 'Power Connector: Check the Whole Workspace')
  await see.toast(page, /2 connectors checked: 8 errors, 3 warnings/)
  await page.locator('.markers-panel').waitFor()
  await see.problem(page, 'ref-unresolved')
  await see.shot(page, 'check-workspace')
})

mixed('files of a connector that are mapped to another language are checked all the same', async (page, p) => {
  write(p.folders[0], '.vscode/settings.json', { 'files.associations': { '*.json': 'jsonc' } })
  await see.showProblems(page)
  await see.open(page, `invoices/${definition}`)
  await see.status(page, /^JSON with Comments$/)
  await see.problem(page, 'ref-unresolved')
  await see.open(page, 'data.json')
  await see.filterProblems(page, 'data.json')
  await until('nothing is said of other files', async () => (await ours(page)).length === 0)
  write(p.folders[0], '.vscode/settings.json', {})
})

mixed("the explorer's menu has ours for a connector, and for nothing else", async (page) => {
  await see.open(page, `pets/${definition}`)
  await see.ownMenu(page, 'pets')
  await see.subMenu(page, 'Power Connector', 'Update Connector')
  await see.shot(page, 'context-menu')
  await see.closeMenu(page)
  assert.ok(!(await see.contextMenu(page, 'app')).includes('Power Connector'))
  await see.closeMenu(page)
})

mixed('the status bar has a menu of the commands', async (page) => {
  await see.open(page, `pets/${definition}`)
  await page.locator('.statusbar-item', { hasText: 'Power Connector' }).first().click()
  for (const label of ['Sign In', 'Update Connector', 'Validate with the Service', 'Check the Whole Workspace']) await see.choice(page, label)
  await see.shot(page, 'menu', see.list(page))
})

mixed('the walkthrough has four steps, each with its picture', async (page) => {
  await see.command(page, 'View: Toggle Primary Side Bar Visibility')
  if (await page.locator('.part.panel').isVisible()) await page.keyboard.press('Control+J')
  await page.setViewportSize({ width: 1200, height: 640 }) // narrower there is no room for the pictures
  await see.command(page, 'Welcome: Open Walkthrough...')
  await see.pick(page, /Power Platform custom connectors/)
  const steps = page.locator('.getting-started-step')
  await steps.nth(3).waitFor()
  assert.equal(await steps.count(), 4)
  for (let i = 0; i < 4; i++) {
    await steps.nth(i).click()
    await until('the step shows its picture', () => see.pictureShown(page))
    if (i === 1) await see.shot(page, 'walkthrough')
  }
})

const two = sharing({ shop: 'pets', office: 'broken' })

two('two roots: each has its problems', async (page, p) => {
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

two('a server that was killed comes back, and its diagnostics with it', async (page, p) => {
  await see.open(page, `office/${definition}`)
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

two('restarts leave one server', async (page, p) => {
  await see.open(page, `office/${definition}`)
  await until('a server runs', () => p.servers().length === 1)
  for (let i = 0; i < 2; i++) {
    const [old] = p.servers()
    await see.command(page, 'Power Connector: Restart Language Server')
    await until('another server runs, alone', () => p.servers().length === 1 && p.servers()[0] !== old)
  }
})

// A folder that somebody else made, which names a program of its own as the server.
function strange(folder) {
  copy('broken', folder)
  const program = path.join(folder, 'server.sh')
  fs.writeFileSync(program, `#!/bin/sh\n: > ${folder}/was-run\n`, { mode: 0o755 })
  write(folder, '.vscode/settings.json', { 'paconn.server.path': program })
}

scenario('a folder that is not trusted is checked, chooses no program, and is not deployed', { strange }, async (page, p) => {
  await page.getByText('Restricted Mode').first().waitFor()
  await see.open(page, definition)
  await see.showProblems(page)
  await see.problem(page, 'ref-unresolved')
  await page.keyboard.press('Control+Alt+U')
  await see.toast(page, /not trusted/)
  await see.shot(page, 'untrusted')
  assert.equal(fs.existsSync(path.join(p.folders[0], 'was-run')), false)
}, {
  settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
  keys: { 'ctrl+alt+u': 'paconnLs.update' }, // the palette does not offer it
})

// A connector whose settings name a server that is not there.
function lost(folder) {
  copy('broken', folder)
  write(folder, '.vscode/settings.json', { 'paconn.server.path': path.join(folder, 'nowhere') })
}

scenario('a server that is not there: the setting is named and opened, and mended it works', { lost }, async (page, p) => {
  await see.open(page, definition)
  const note = await see.toast(page, /paconn\.server\.path names \S+nowhere, which is not there/)
  await see.shot(page, 'server-missing')
  await see.press(note, 'Open Settings')
  await page.locator('.settings-editor').getByRole('tab', { name: 'Workspace' }).click()
  await page.locator('.settings-editor .setting-item-contents', { hasText: 'Path' }).first().waitFor()
  write(p.folders[0], '.vscode/settings.json', {})
  await see.open(page, definition)
  await see.showProblems(page)
  await see.problem(page, 'ref-unresolved')
})

check('a window that is closed leaves no server behind', async () => {
  const { config } = await editor()
  await closeShown()
  await until('the servers of the windows above have ended', () => serversOf(config).length === 0)
})
