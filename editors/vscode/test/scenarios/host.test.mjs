import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { repository } from '../harness/editor.mjs'
import { inHost } from '../harness/host.mjs'
import { check } from '../harness/scenario.mjs'
import { signIn } from '../harness/service.mjs'

// A folder that has nothing to do with connectors.
const plain = (folder) => fs.writeFileSync(path.join(folder, 'data.json'), '{}')

check('it is quick to get ready, and sleeps without a connector', async (t) => {
  const { milliseconds, work } = await inHost('activation', { plain })
  t.diagnostic(`activation took ${Math.round(milliseconds)} ms, and the processor ${Math.round(work)} ms`)
})

check('a mistake shows soon, and after restarts once', async (t) => {
  const { milliseconds } = await inHost('diagnostics', { broken: 'broken' })
  t.diagnostic(`a mistake showed ${Math.round(milliseconds)} ms after its file was opened`)
})

// A folder with nothing but one file, which is far down.
const far = (folder) => write(folder, 'a/b/c/ApiProperties.json', '{}')

check('every mark of a connector wakes it, and nothing else', () => inHost('wakes', { far }))

check('every setting is followed', async () => {
  await signIn()
  await inHost('settings', { wanting })
})

check('nothing is left of it once it is deactivated, and a command wakes it', async (t) => {
  const { load, activation } = await inHost('disposal', { plain })
  t.diagnostic(`its bundle was read in ${Math.round(load)} ms, and took ${Math.round(activation)} ms to get ready`)
})

// A connector in a workspace where JSON counts as JSON with comments.
function commented(folder) {
  fs.cpSync(path.join(repository, 'testdata/connectors/broken'), folder, { recursive: true })
  write(folder, '.vscode/settings.json', '{"files.associations": {"*.json": "jsonc"}, "connectorId": 5, "environment": []}')
  write(folder, 'data.json', '{"swagger": "2.0",}')
}

check('files are known by their names, whatever their language', () => inHost('languages', { commented }))

// A connector with a reference that leads nowhere, and parameters that do not say how they are encoded.
function wanting(folder) {
  fs.cpSync(path.join(repository, 'testdata/connectors/pets'), folder, { recursive: true })
  const file = path.join(folder, 'apiDefinition.swagger.json')
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('#/definitions/Pet"', '#/definitions/Cat"').replaceAll(/"x-ms-url-encoding": "\w+",?/g, ''))
}

function write(folder, name, text) {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
  fs.writeFileSync(path.join(folder, name), text)
}
