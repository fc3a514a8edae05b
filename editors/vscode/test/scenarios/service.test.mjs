import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { repository } from '../harness/editor.mjs'
import { scenario } from '../harness/scenario.mjs'
import { paconn, sandbox } from '../harness/service.mjs'
import { until } from '../harness/wait.mjs'
import * as see from '../harness/workbench.mjs'

const definition = 'apiDefinition.swagger.json'

// A connector that has not been deployed yet.
function pets(folder) {
  fs.cpSync(path.join(repository, 'testdata/connectors/pets'), folder, { recursive: true })
  fs.rmSync(path.join(folder, 'settings.json'))
}

const signIn = () => paconn('login', '--cloud', 'sandbox')

scenario('sign in and sign out', { pets }, async (page) => {
  await sandbox()
  await see.open(page, definition)
  await see.command(page, 'Power Connector: Sign In')
  await see.choice(page, /sandbox/i)
  await see.shot(page, 'sign-in-cloud')
  await see.pick(page, /sandbox/i)
  await see.pick(page, /With a code/)
  const note = await see.toast(page, /is signed in to the sandbox cloud/)
  const [, user] = /(\S+) is signed in/.exec(await see.words(note))
  await page.locator('.statusbar-item', { hasText: user }).waitFor()
  await see.shot(page, 'signed-in')
  await see.command(page, 'Power Connector: Sign Out')
  const end = await see.words(await see.toast(page, /Signed out|Nobody/))
  assert.equal(end, `Signed out: ${user}.`)
  await until('nobody is shown', async () => (await page.locator('.statusbar-item', { hasText: user }).count()) === 0)
})

scenario('create, change, see the difference, update', { pets }, async (page, p) => {
  await sandbox()
  await signIn()
  await see.open(page, definition)
  await see.command(page, 'Power Connector: Create Connector')
  await see.choice(page, /Contoso/)
  await see.shot(page, 'environments')
  await see.pick(page, /Contoso/)
  await see.toast(page, /Pets is created in Contoso/)
  await see.shot(page, 'created')
  const settings = JSON.parse(fs.readFileSync(path.join(p.folders[0], 'settings.json'), 'utf8'))
  assert.match(settings.connectorId, /^shared_pets/)

  await see.goTo(page, 22, 30)
  await page.keyboard.type(' of a shop')
  await see.save(page)
  await see.command(page, 'Power Connector: Update Connector')
  await see.asked(page, /Update Pets in .*\? 1 change/)
  await page.locator('.monaco-diff-editor .view-line', { hasText: 'List pets of a shop' }).first().waitFor()
  await see.shot(page, 'diff')
  await see.pick(page, /^\s*Update$/)
  await see.toast(page, /Pets is updated/)
  const copy = path.join(p.base, 'deployed')
  await paconn('download', '--cloud', 'sandbox', '--env', settings.environment, '--cid', settings.connectorId, '--dest', copy)
  assert.match(fs.readFileSync(path.join(copy, definition), 'utf8'), /List pets of a shop/)

  await see.command(page, 'Power Connector: Update Connector')
  await see.toast(page, /deployed as it is here; nothing was sent/)
})

scenario('download into a new folder', { work: (folder) => fs.writeFileSync(path.join(folder, 'readme.md'), '# Connectors\n') }, async (page, p) => {
  await sandbox()
  await signIn()
  await see.command(page, 'Power Connector: New Download…')
  await see.pick(page, /Contoso/)
  await see.choice(page, /Weather/)
  await see.shot(page, 'connectors')
  await see.pick(page, /Weather/)
  await see.pick(page, /\bwork$/)
  await see.answer(page, 'Name of the folder', 'weather')
  const note = await see.toast(page, /Weather is in weather/)
  await see.shot(page, 'downloaded')
  assert.ok(fs.existsSync(path.join(p.folders[0], 'weather', 'settings.json')))
  await see.press(note, 'Open Definition')
  await page.locator(`.tab.active[data-resource-name="${definition}"]`).waitFor()
})

scenario('what the service says stands in Problems', { pets }, async (page, p) => {
  const file = path.join(p.folders[0], definition)
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"#/definitions/Pet"', '"#/definitions/Cat"'))
  await sandbox()
  await signIn()
  await see.open(page, definition)
  await see.showProblems(page)
  await see.command(page, 'Power Connector: Validate with the Service')
  await see.toast(page, /The service refuses the definition/)
  assert.match(await see.problem(page, 'paconn service'), /Ln 49/)
  await see.shot(page, 'validated')
})

scenario('a failure shows its code and request id', { pets }, async (page, p) => {
  await sandbox()
  await signIn()
  const settings = { connectorId: 'shared_gone-5f0', environment: 'Default-11111111-aaaa-4bbb-8ccc-222222222222' }
  fs.writeFileSync(path.join(p.folders[0], 'settings.json'), JSON.stringify(settings))
  await see.open(page, definition)
  await see.command(page, 'Power Connector: Update Connector')
  const text = await see.words(await see.toast(page, /shared_gone/))
  assert.match(text, /request [0-9a-f-]{36}/)
  await see.shot(page, 'failure')
})
