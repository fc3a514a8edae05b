import assert from 'node:assert/strict'
import { scenario } from '../harness/scenario.mjs'
import { open, problem, shot, showProblems } from '../harness/workbench.mjs'

scenario('a mistake shows at its place when the file is opened', { broken: 'broken' }, async (page) => {
  await open(page, 'apiDefinition.swagger.json')
  await showProblems(page)
  const line = await problem(page, 'leads nowhere', 'ref-unresolved')
  assert.match(line, /Ln 54, Col 25/)
  await shot(page, 'problems')
})
