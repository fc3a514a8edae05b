// Copies the pictures that the tests leave, of those scenarios that show a feature, to where pages show them.
import * as fs from 'node:fs'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { shots } from './harness/shots.mjs'

const extension = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const assets = path.resolve(extension, '../../docs/assets')
const media = path.join(extension, 'media')
const most = 200 * 1024

const shown = ['problems', 'quick-fix', 'fix-all', 'hover', 'outline', 'settings-file', 'check-workspace', 'menu', 'walkthrough', 'context-menu', 'sign-in-cloud',
  'device-code', 'signed-in', 'environments', 'secret', 'redirect-url', 'connectors', 'downloaded', 'diff', 'validated', 'progress', 'failure']
const packed = ['problems', 'quick-fix', 'sign-in-cloud', 'device-code', 'diff']

const pictures = Object.fromEntries(shown.map((name) => [name, packed.includes(name) ? [assets, media] : [assets]]))

for (const [name, folders] of Object.entries(pictures)) {
  const shot = path.join(shots, `${name}.png`)
  if (fs.statSync(shot).size > most) throw new Error(`${name}.png is larger than ${most / 1024} KB`)
  for (const folder of folders) fs.copyFileSync(shot, path.join(folder, `vscode-${name}.png`))
}
