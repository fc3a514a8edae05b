import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { scenario } from '../harness/scenario.mjs'
import * as see from '../harness/workbench.mjs'

const definition = 'apiDefinition.swagger.json'

scenario('a mistake shows at its place when the file is opened', { broken: 'broken' }, async (page) => {
  await see.open(page, definition)
  await see.showProblems(page)
  assert.match(await see.problem(page, 'leads nowhere', 'paconn', 'ref-unresolved'), /\[Ln 54, Col 25\]/)
  await see.goTo(page, 54, 25)
  await page.locator('.editor-instance .squiggly-error').first().waitFor()
  await see.shot(page, 'problems')
  await see.filterProblems(page, 'comma')
  await see.problem(page, 'Trailing comma', '[Ln 107, Col 20]')
  assert.equal((await see.problems(page)).length, 2, 'a mistake of JSON shows once, as VS Code says it')
})

scenario('typing a mistake shows it, undo clears it, nothing is saved', { pets: 'pets' }, async (page, p) => {
  const file = path.join(p.folders[0], definition)
  const before = fs.readFileSync(file, 'utf8')
  await see.open(page, definition)
  await see.showProblems(page)
  await see.goTo(page, 33, 40)
  await page.keyboard.type('Of')
  assert.match(await see.problem(page, 'no operation has the operationId "ListKindsOf"'), /\[Ln 33, Col 30\]/)
  await see.shot(page, 'typing')
  await see.undo(page)
  await see.noProblem(page, /ListKindsOf/)
  assert.equal(fs.readFileSync(file, 'utf8'), before)
})

scenario('a quick fix by keyboard mends the mistake', { broken: 'broken' }, async (page) => {
  await see.open(page, definition)
  await see.showProblems(page)
  await see.problem(page, 'ref-unresolved')
  await see.goTo(page, 54, 30)
  await see.quickFixes(page)
  await see.shot(page, 'quick-fix')
  await page.keyboard.press('Enter')
  await see.noProblem(page, /ref-unresolved/)
  await page.locator('.view-line', { hasText: '"$ref": "#/definitions/Invoice"' }).first().waitFor()
})

scenario('hover tells what a member is for', { pets: 'pets' }, async (page) => {
  await see.open(page, definition)
  await see.goTo(page, 32, 20)
  const text = await see.hover(page)
  assert.match(text, /values/i)
  await see.shot(page, 'hover')
})

scenario('the outline shows the operations', { pets: 'pets' }, async (page) => {
  await see.open(page, definition)
  const rows = await see.outline(page)
  await rows.filter({ hasText: 'ListPets' }).first().waitFor()
  await see.shot(page, 'outline')
})
