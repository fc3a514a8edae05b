// Packs the extension for this machine, with what is in the working tree, and returns the path of the package.
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Skip } from './harness/tell.mjs'

const extension = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

export function pack() {
  if (!fs.existsSync(path.join(extension, 'node_modules'))) npm('ci', '--no-audit', '--no-fund', '--loglevel=error')
  npm('run', 'package:this')
  return path.join(extension, 'paconn-ls.vsix')
}

function npm(...args) {
  const done = spawnSync('npm', args, { cwd: extension, encoding: 'utf8', timeout: 600_000 })
  if (done.error?.code === 'ENOENT') throw new Skip('no npm here')
  if (done.status !== 0) throw new Error(`npm ${args.join(' ')} failed\n${done.stdout}${done.stderr}`)
}
