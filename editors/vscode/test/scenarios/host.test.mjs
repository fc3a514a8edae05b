import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { inHost } from '../harness/host.mjs'
import { check } from '../harness/scenario.mjs'

// A folder that has nothing to do with connectors.
const plain = (folder) => fs.writeFileSync(path.join(folder, 'data.json'), '{}')

check('it is quick to get ready, and sleeps without a connector', async (t) => {
  const { milliseconds, work } = await inHost('activation', { plain })
  t.diagnostic(`activation took ${Math.round(milliseconds)} ms, and the processor ${Math.round(work)} ms`)
})

check('settings are followed, and after restarts a problem shows once', async (t) => {
  const { milliseconds } = await inHost('diagnostics', { broken: 'broken' })
  t.diagnostic(`a mistake showed ${Math.round(milliseconds)} ms after its file was opened`)
})
