// What is done is what was meant: for that connector, and no more than what is seen of it.
import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { repository } from '../harness/editor.mjs'
import { inHost } from '../harness/host.mjs'
import { check, scenario } from '../harness/scenario.mjs'
import { paconn, sandbox, signIn } from '../harness/service.mjs'
import * as see from '../harness/workbench.mjs'

const definition = 'apiDefinition.swagger.json'
const samples = path.join(repository, 'testdata/connectors')

// The sample "broken", and beside it a connector whose definition has a name that only its settings.json tells.
function two(folder) {
  fs.cpSync(path.join(samples, 'broken'), folder, { recursive: true })
  const other = path.join(folder, 'other')
  fs.cpSync(path.join(samples, 'pets'), other, { recursive: true })
  const text = fs.readFileSync(path.join(other, definition), 'utf8')
  fs.writeFileSync(path.join(other, 'petstore.json'), text.replace('"required": false', '"required": "false"'))
  fs.rmSync(path.join(other, definition))
  fs.writeFileSync(path.join(other, 'settings.json'), JSON.stringify({ apiDefinition: 'petstore.json', apiProperties: 'apiProperties.json' }))
}

check('a command is for what it was called on, and mends the text that is there', () => inHost('meant', { two }))

// A connector that has not been deployed yet, with a title of its own.
const titled = (title) => (folder) => {
  fs.cpSync(path.join(samples, 'pets'), folder, { recursive: true })
  fs.rmSync(path.join(folder, 'settings.json'))
  const file = path.join(folder, definition)
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"title": "Pets"', `"title": "${title}"`))
}

const pair = (folder) => ['Cats', 'Dogs'].forEach((title) => titled(title)(path.join(folder, title)))

scenario('of two reviews the one that is seen is answered', { pair }, async (page, p) => {
  await signIn()
  for (const title of ['Cats', 'Dogs']) {
    const folder = path.join(p.folders[0], title)
    const files = ['--api-def', path.join(folder, definition), '--api-prop', path.join(folder, 'apiProperties.json'), '--script', path.join(folder, 'script.csx')]
    await paconn('create', '--cloud', 'sandbox', '--env', '33333333-dddd-4eee-8fff-444444444444', ...files)
    const file = path.join(folder, definition)
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"List pets"', '"List them"'))
    await see.open(page, `${title}/${definition}`)
    await see.command(page, 'Power Connector: Update Connector')
    await see.asked(page, new RegExp(`Update ${title} in`))
    await page.keyboard.press('Enter') // as who types on does, whom the question surprises
    await see.asked(page, new RegExp(`Update ${title} in`))
    await page.keyboard.press('Escape')
  }
  await page.locator('.tab', { hasText: /^Cats: deployed/ }).click()
  await page.locator('.tab.active', { hasText: /^Cats: deployed/ }).waitFor()
  assert.equal(await page.locator('.notification-list-item', { hasText: 'is updated' }).count(), 0, 'an Enter sent it')
  await see.command(page, 'Power Connector: Update, as Shown')
  assert.equal(await see.words(await see.toast(page, /is updated/)), 'Cats is updated.')
})

const link = '[a link](command:workbench.action.showCommands)'

scenario('a name that looks like a link is none, while something is under way', { [link]: titled('Pets') }, async (page, p) => {
  await signIn()
  const { fault } = await sandbox()
  await fault({ path: '*validate*', kind: 'slow', delay: 4e9, after: true })
  await see.open(page, definition)
  await see.command(page, 'Power Connector: Validate with the Service')
  const note = await see.toast(page, /a link/)
  assert.equal(await note.locator('a', { hasText: 'a link' }).count(), 0, 'the name of the folder became a link that runs a command')
  await see.toast(page, /The service finds nothing wrong/)

  await see.command(page, 'Power Connector: New Download…')
  for (const row of [/Contoso/, /Weather/, /a link/]) await see.pick(page, row)
  const box = page.locator('.quick-input-widget:visible', { hasText: 'Name of the folder, in' })
  await box.waitFor()
  assert.equal(await box.locator('a', { hasText: 'a link' }).count(), 0, 'it became one in a prompt')
  await page.keyboard.press('Escape')
})

scenario('a check of the workspace tells of mistakes of plain JSON too', { pets: 'pets' }, async (page) => {
  await see.open(page, definition)
  await see.goTo(page, 2, 1)
  await page.keyboard.type(',')
  await see.showProblems(page)
  await see.problem(page, 'json')
  await see.command(page, 'Power Connector: Check the Whole Workspace')
  assert.match(await see.words(await see.toast(page, /1 connector checked/)), /\b1 error\b/)
})
