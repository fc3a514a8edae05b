import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { repository } from '../harness/editor.mjs'
import { inHost } from '../harness/host.mjs'
import { signal } from '../harness/processes.mjs'
import { check, closeShown, scenario, sharing } from '../harness/scenario.mjs'
import { paconn, signIn } from '../harness/service.mjs'
import { until } from '../harness/wait.mjs'
import * as see from '../harness/workbench.mjs'

const definition = 'apiDefinition.swagger.json'
const environment = 'Default-11111111-aaaa-4bbb-8ccc-222222222222' // of the sandbox, called Contoso

// Fills a folder with a connector, whose files are changed by edits: [file, from, to].
const connector = (...edits) => (folder) => {
  fs.cpSync(path.join(repository, 'testdata/connectors/pets'), folder, { recursive: true })
  fs.rmSync(path.join(folder, 'settings.json'))
  for (const [name, from, to] of edits) edit(path.join(folder, name), from, to)
}

function edit(file, from, to) {
  const text = fs.readFileSync(file, 'utf8')
  assert.ok(text.includes(from), `${from} is not in ${file}`)
  fs.writeFileSync(file, text.replace(from, to))
}

// A connector that is deployed, and what is deployed of it.
async function deployed(p) {
  await signIn()
  const file = path.join(p.folders[0], 'settings.json')
  if (!fs.existsSync(file)) {
    const names = { '--api-def': definition, '--api-prop': 'apiProperties.json', '--icon': 'icon.png', '--script': 'script.csx' }
    const files = Object.entries(names).flatMap(([option, name]) => [option, path.join(p.folders[0], name)])
    await paconn('create', '--cloud', 'sandbox', '--env', environment, ...files)
  }
  const { connectorId } = JSON.parse(fs.readFileSync(file, 'utf8'))
  return async () => {
    const copy = fs.mkdtempSync(path.join(p.base, 'deployed-'))
    await paconn('download', '--cloud', 'sandbox', '--env', environment, '--cid', connectorId, '--dest', copy)
    return fs.readFileSync(path.join(copy, definition), 'utf8')
  }
}

const above = (page, title) => page.locator(`.editor-actions a[aria-label^="${title}"]`)

const dialog = (page, text) => page.locator('.monaco-dialog-box', { hasText: text })

async function answerDialog(page, text, button) {
  await dialog(page, text).locator('.monaco-button', { hasText: button }).click()
  await dialog(page, text).waitFor({ state: 'detached' })
}

const update = sharing({ pets: connector() })

update('the question before an update stays above the diff, and what is sent is what was shown', async (page, p) => {
  const now = await deployed(p)
  const file = path.join(p.folders[0], definition)
  edit(file, 'List pets', 'List all pets')
  await see.command(page, 'Power Connector: Update Connector')
  await see.asked(page, /^Update Pets in Contoso[^?]*\? 1 change\.$/)
  await page.keyboard.press('Escape')
  await above(page, 'Update, as Shown').waitFor()
  await see.shot(page, 'question-above-the-diff')

  edit(file, 'List all pets', 'List many pets')
  await above(page, 'Update, as Shown').click()
  await see.asked(page, /^It changed since, and this is how it is now\. Update Pets in .*\? 1 change\.$/)
  await page.locator('.monaco-diff-editor .view-line', { hasText: 'List many pets' }).first().waitFor()
  assert.doesNotMatch(await now(), /List (all|many) pets/, 'something was sent that nobody saw')
  await see.pick(page, /^\s*Update$/)
  await see.toast(page, /Pets is updated/)
  assert.match(await now(), /List many pets/)
  assert.equal(await above(page, 'Update, as Shown').count(), 0, 'the question is over')
})

update('to close the diff is a no', async (page, p) => {
  const now = await deployed(p)
  const before = await now()
  edit(path.join(p.folders[0], definition), '"summary": "', '"summary": "X ')
  await see.command(page, 'Power Connector: Update Connector')
  await see.asked(page, /^Update Pets in .*\? 1 change\.$/)
  await page.keyboard.press('Escape')
  await above(page, 'Do Not Update').waitFor()
  await see.command(page, 'View: Close Editor')
  await page.locator('.statusbar-item', { hasText: 'Pets is not updated; nothing was sent.' }).waitFor()
  assert.equal(await now(), before)
})

update('what is typed while the question is open is saved first, or nothing is sent', async (page, p) => {
  const now = await deployed(p)
  const before = await now()
  edit(path.join(p.folders[0], definition), '"summary": "', '"summary": "Y ')
  await see.command(page, 'Power Connector: Update Connector')
  await see.asked(page, /^Update Pets in .*\? 1 change\.$/)
  await page.keyboard.press('Escape')
  await see.open(page, definition)
  await see.goTo(page, 22, 30)
  await page.keyboard.type('Z ')
  await see.command(page, 'Power Connector: Update, as Shown')
  await answerDialog(page, `Not saved: ${definition}`, 'Cancel')
  assert.equal(await now(), before)
})

update('a download over what is here asks first', async (page, p) => {
  const now = await deployed(p)
  const file = path.join(p.folders[0], definition)
  edit(file, '"summary": "', '"summary": "Mine: ')
  const mine = fs.readFileSync(file, 'utf8')
  await see.open(page, 'apiProperties.json')
  await see.command(page, 'Power Connector: Download Again')
  await answerDialog(page, definition, 'Cancel')
  assert.equal(fs.readFileSync(file, 'utf8'), mine)
  await see.command(page, 'Power Connector: Download Again')
  await answerDialog(page, definition, 'Yes')
  await see.toast(page, /pets is downloaded again: .*changed/)
  assert.equal(fs.readFileSync(file, 'utf8'), await now())
  await see.command(page, 'Power Connector: Download Again')
  await see.toast(page, /pets is here as it is deployed/)
  await page.locator('.statusbar-item', { hasText: /\(sandbox\) · Contoso/ }).waitFor()
})

update('of several who are signed in one can sign out', async (page, p) => {
  await deployed(p)
  await see.command(page, 'Power Connector: Sign In')
  await see.pick(page, /sandbox/i)
  await see.pick(page, /principal with a secret/)
  await see.answer(page, 'Directory', 'contoso.example')
  await see.answer(page, 'Application (client) id', 'aaaaaaaa-0000-4000-8000-000000000001')
  await see.answer(page, /secret/i, 's3cret-of-the-app')
  await see.toast(page, /aaaaaaaa-0000-4000-8000-000000000001 is signed in/)
  await see.command(page, 'Power Connector: Sign Out')
  await see.shot(page, 'sign-out')
  await see.pick(page, /aaaaaaaa/)
  await see.toast(page, /Signed out: aaaaaaaa-0000-4000-8000-000000000001\./)
  await see.command(page, 'Power Connector: Sign Out') // of the one that is left nobody asks
  await see.toast(page, /Signed out: ada@sandbox\.example\./)
  await see.command(page, 'Power Connector: Sign Out')
  await see.toast(page, /Nobody is signed in/)
})

update('each step says which it is, and leads back to the one before', async (page, p) => {
  await deployed(p)
  const title = (text) => page.locator('.quick-input-widget:visible .quick-input-title', { hasText: text })
  await see.command(page, 'Power Connector: New Download…')
  await title(/^New Download \(1\/4\)$/).waitFor()
  await see.pick(page, /Contoso/)
  await title(/^New Download \(2\/4\)$/).waitFor()
  await see.choice(page, /Weather/)
  await see.shot(page, 'second-step')
  await page.locator('.quick-input-widget:visible .quick-input-titlebar .action-label').first().click()
  await title(/^New Download \(1\/4\)$/).waitFor()
  await see.pick(page, /Contoso/)
  await see.pick(page, /Weather/)
  await title(/^New Download \(3\/4\)$/).waitFor()
  await see.pick(page, /pets/)
  await title(/^New Download \(4\/4\)$/).waitFor()
  await page.locator('.quick-input-widget:visible .quick-input-box input').fill('../elsewhere')
  await page.locator('.quick-input-message', { hasText: 'A name, or a path inside that folder' }).waitFor()
  await page.keyboard.press('Escape')
  await until('nothing is asked any more', async () => (await page.locator('.quick-input-widget:visible').count()) === 0)
  assert.deepEqual(fs.readdirSync(p.folders[0]).filter((name) => /weather|elsewhere/.test(name)), [])
})

update('a window that is loaded again asks nothing, and sends nothing', async (page, p) => {
  const now = await deployed(p)
  const before = await now()
  edit(path.join(p.folders[0], definition), '"summary": "', '"summary": "R ')
  await see.command(page, 'Power Connector: Update Connector')
  await see.asked(page, /^Update Pets in .*\? 1 change\.$/)
  await page.reload()
  await page.locator('.monaco-workbench .statusbar').waitFor()
  await item(page).locator('.codicon-plug').waitFor()
  assert.equal(await page.locator('.quick-input-widget:visible').count(), 0)
  assert.equal(await above(page, 'Update, as Shown').count(), 0)
  assert.equal(await now(), before)
})

const two = sharing({
  pets: connector([definition, '"required": false', '"required": "false"'], ['apiProperties.json', '"iconBrandColor":', ' ,"iconBrandColor":']),
})

two('Fix All mends the files of a connector in one step, which one undo takes back', async (page) => {
  await see.open(page, 'apiProperties.json')
  await see.open(page, definition)
  await see.showProblems(page)
  await see.problem(page, 'wrong-type')
  await see.command(page, 'Power Connector: Fix All')
  await see.toast(page, /2 problems mended in 2 files of pets, not saved yet/)
  await see.noProblem(page, /wrong-type/)
  await until('both files are changed', async () => (await page.locator('.tab.dirty').count()) === 2)
  await page.locator(`.tab[data-resource-name="${definition}"]`).click()
  await page.locator('.editor-instance .view-lines').first().click()
  await page.keyboard.press('Control+Z')
  await until('no file is changed', async () => (await page.locator('.tab.dirty').count()) === 0)
  await see.problem(page, 'wrong-type')
})

two('what takes long can be cancelled, also when the server hangs', async (page, p) => {
  await page.locator('.statusbar-item .codicon-plug').first().waitFor() // the server has said its first word
  const [server] = p.servers()
  assert.ok(signal(server, 'SIGSTOP'))
  try {
    await see.command(page, 'Power Connector: Check the Whole Workspace')
    const note = await see.toast(page, /Checking the workspace/)
    await see.press(note, 'Cancel')
    await until('nothing is under way', async () => (await page.locator('.notification-list-item', { hasText: 'Checking' }).count()) === 0)
  } finally {
    signal(server, 'SIGCONT')
  }
  await see.command(page, 'Power Connector: Check the Whole Workspace')
  await see.toast(page, /1 connector checked/)
})

scenario('a title that a stranger wrote makes no links', { pets: connector([definition, '"title": "Pets"', '"title": "Pets [x](command:workbench.action.quit) [y](https://example.com) $(flame)"']) }, async (page) => {
  await signIn()
  await see.open(page, definition)
  await see.command(page, 'Power Connector: Dry Run')
  await see.pick(page, /Create/)
  await see.pick(page, /Contoso/)
  const note = await see.toast(page, /would be created\. Nothing was sent/)
  assert.match(await see.words(note), /^Pets \[x\]/)
  assert.equal(await note.locator('a:not(.action-label):not(.monaco-button)').count(), 0)
  assert.equal(await page.locator('.tab .codicon-flame').count(), 0)
})

scenario('of several connectors one is chosen', { office: (folder) => ['pets', 'shop'].forEach((name) => connector()(path.join(folder, 'all', name))) }, async (page) => {
  await see.command(page, 'Power Connector: Fix All')
  await see.asked(page, /^Fix All$/)
  await see.choice(page, /pets/)
  await see.shot(page, 'which-connector')
  await page.keyboard.press('Escape')
  await see.command(page, 'Power Connector: Fix All')
  await see.pick(page, /shop/)
  await see.toast(page, /In shop there is nothing that can be mended safely/)
})

const item = (page) => page.locator('[id="paconn-ls.paconn-ls.paconnLs.status"]')
const failed = (page) => until('the item is red', async () => /error-kind/.test(await item(page).getAttribute('class')))
const well = (page) => until('the item is as it was', async () => !/error-kind/.test(await item(page).getAttribute('class')))

scenario('a server that ends again and again is given up, and comes back when it is asked for', { pets: connector() }, async (page, p) => {
  await see.open(page, definition)
  let last
  for (let i = 0; i < 5; i++) {
    await until(`server ${i + 1} runs`, () => p.servers().some((pid) => pid !== last))
    await item(page).locator('.codicon-plug').waitFor()
    last = p.servers().find((pid) => pid !== last)
    signal(last, 'SIGKILL')
    await until('it is gone', () => !p.servers().includes(last))
  }
  const note = await see.toast(page, /ended five times within three minutes, and is not started again/)
  await failed(page)
  assert.equal(await note.locator('.monaco-button', { hasText: 'Restart' }).count(), 1)
  await see.shot(page, 'given-up')
  await item(page).click()
  await see.choice(page, /Restart Language Server/)
  await see.shot(page, 'menu-given-up')
  await page.keyboard.press('Enter') // the first entry is the way out
  await well(page)
  await until('a server runs', () => p.servers().length === 1)
})

scenario('a program that is not there, or is no server, is told once and names the setting', { pets: connector() }, async (page, p) => {
  await see.open(page, definition)
  await well(page)
  const set = (program) => {
    fs.mkdirSync(path.join(p.folders[0], '.vscode'), { recursive: true })
    fs.writeFileSync(path.join(p.folders[0], '.vscode/settings.json'), JSON.stringify(program ? { 'paconn.server.path': program } : {}))
  }
  const complaints = page.locator(':is(.notifications-toasts, .notifications-center).visible .notification-list-item', { has: page.locator('.codicon-warning, .codicon-error') })
  const once = () => until('it is told once', async () => (await complaints.count()) === 1)
  const wrong = {
    '/nowhere/paconn-ls': /paconn\.server\.path names \/nowhere\/paconn-ls, which is not there/,
    '/bin/true': /ended at once/,
    [path.join(p.folders[0], 'icon.png')]: /icon\.png cannot be run: that is not allowed/,
  }
  for (const [program, says] of Object.entries(wrong)) {
    set(program)
    await see.toast(page, says)
    await failed(page)
    await once()
    await see.command(page, 'Power Connector: Check the Whole Workspace')
    await see.toast(page, says)
    await once()
    await see.command(page, 'Notifications: Clear All Notifications')
    set('')
    await well(page)
  }
})

scenario('where there is no connector, commands say what there is to do', { plain: (folder) => fs.writeFileSync(path.join(folder, 'data.json'), '{}') }, async (page) => {
  await see.command(page, 'Power Connector: Update Connector')
  const note = await see.toast(page, /There is no connector in this workspace: open the folder of a connector, or download one/)
  for (const button of ['Open Folder', 'Download Connector']) assert.equal(await note.locator('.monaco-button', { hasText: button }).count(), 1)
  await see.command(page, 'Power Connector: Check the Whole Workspace')
  await see.toast(page, /There is no connector in this workspace\.$/)
})

// A folder that names a program of its own as the server, which leaves a mark.
function strange(folder) {
  connector()(folder)
  const program = path.join(folder, 'server.sh')
  fs.writeFileSync(program, `#!/bin/sh\n: > ${folder}/was-run\n`, { mode: 0o755 })
  fs.mkdirSync(path.join(folder, '.vscode'))
  fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'paconn.server.path': program }))
}

const untrusting = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' }

scenario('trust that is granted is followed without a reload', { strange }, async (page, p) => {
  await page.getByText('Restricted Mode').first().waitFor()
  await see.open(page, definition)
  await item(page).locator('.codicon-plug').waitFor()
  assert.equal(fs.existsSync(path.join(p.folders[0], 'was-run')), false)
  await see.command(page, 'Workspaces: Manage Workspace Trust')
  await page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).click()
  await until('the program of the workspace is run', () => fs.existsSync(path.join(p.folders[0], 'was-run')))
  fs.writeFileSync(path.join(p.folders[0], '.vscode/settings.json'), '{}')
  await well(page)
  await see.open(page, definition)
  await above(page, 'Update Connector').waitFor()
}, { settings: untrusting })

check('a workspace that is not trusted has nothing deployed', async () => {
  await closeShown()
  await inHost('untrusted', { pets: connector() }, { settings: untrusting })
})
