import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { sharing } from '../harness/scenario.mjs'
import { until } from '../harness/wait.mjs'
import * as see from '../harness/workbench.mjs'

const definition = 'apiDefinition.swagger.json'
const properties = 'apiProperties.json'

const broken = sharing({ broken: 'broken' })

broken('mistakes show at their places when the file is opened', async (page) => {
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

broken('a mistake of one file that another file tells of', async (page) => {
  await see.open(page, properties)
  await see.showProblems(page)
  await see.filterProblems(page, 'policy')
  assert.match(await see.problem(page, 'no operation is called "GetInvoice"', 'policy-operation-unknown'), /\[Ln 27, Col 47\]/)
  await see.open(page, definition)
  await see.goTo(page, 63, 25)
  await page.keyboard.press('Control+Shift+ArrowRight')
  await page.keyboard.type('GetInvoice')
  await see.noProblem(page, /policy-operation-unknown/)
  await see.undo(page)
  await see.problem(page, 'policy-operation-unknown')
})

broken('a quick fix by keyboard mends the mistake', async (page) => {
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

broken('fix all mends what can be mended safely, and leaves saving to the person', async (page, p) => {
  const file = path.join(p.folders[0], definition)
  const before = fs.readFileSync(file, 'utf8')
  await see.open(page, definition)
  await see.showProblems(page)
  await see.problem(page, 'wrong-type')
  await see.command(page, 'Power Connector: Fix All')
  const note = await see.toast(page, /mended in 1 file of broken, not saved yet/)
  await see.noProblem(page, /wrong-type|Trailing comma/)
  await see.shot(page, 'fix-all')
  assert.equal(fs.readFileSync(file, 'utf8'), before)
  await see.press(note, 'Save')
  await until('it is saved', () => fs.readFileSync(file, 'utf8').includes('"required": true,'))
})

const pets = sharing({ pets: 'pets' })

pets('typing a mistake shows it, undo clears it, nothing is saved', async (page, p) => {
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

// What is wrong with a companion on disk, while no file is open, and goes when it is put right.
const companions = {
  'the script': { file: 'script.csx', wrong: 'public class Script {', says: 'script-' },
  'the icon': { file: 'icon.png', wrong: 'no picture', says: 'icon-' },
}
for (const [what, c] of Object.entries(companions)) {
  pets(`${what} is checked too, as it changes on disk`, async (page, p) => {
    const file = path.join(p.folders[0], c.file)
    const right = fs.readFileSync(file)
    await see.open(page, properties)
    await see.showProblems(page)
    fs.writeFileSync(file, c.wrong)
    await see.problem(page, c.says)
    fs.writeFileSync(file, right)
    await see.noProblem(page, new RegExp(c.says))
  })
}

pets('hover tells what a member is for', async (page) => {
  await see.open(page, definition)
  await see.goTo(page, 32, 20)
  assert.match(await see.hover(page), /values/i)
  await see.shot(page, 'hover')
})

pets('paconn-ls.json has completion and hover', async (page, p) => {
  fs.writeFileSync(path.join(p.folders[0], 'paconn-ls.json'), '{\n  "rules": {\n    "unknown-key": "warning"\n  }\n}\n')
  await see.open(page, 'paconn-ls.json')
  await see.goTo(page, 3, 8)
  assert.match(await see.hover(page), /A key is not known at this place/)
  await see.goTo(page, 3, 21)
  assert.deepEqual(await see.completions(page), ['"error"', '"hint"', '"information"', '"off"', '"warning"'])
  await page.keyboard.press('Escape')
  await see.goTo(page, 3, 29)
  await page.keyboard.type(',\n"operation')
  await until('rules are offered', async () => (await see.completions(page)).some((label) => /operation-id-duplicate/.test(label)))
  await see.shot(page, 'settings-file')
})

pets('the outline shows the operations', async (page) => {
  await see.open(page, definition)
  const rows = await see.outline(page)
  await rows.filter({ hasText: 'ListPets' }).first().waitFor()
  await see.shot(page, 'outline')
})
