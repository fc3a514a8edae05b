// The service of the tests: the sandbox of the program itself, one for each suite, and the command line beside the editor.
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { after } from 'node:test'
import { editor, packedExtension } from './editor.mjs'
import { start } from './processes.mjs'
import { until } from './wait.mjs'

let running

after(async () => {
  await (await running?.catch(() => undefined))?.stop()
  running = undefined
})

// Starts the sandbox, unless it runs. The server finds it by the config folder of the suite.
export function sandbox() {
  running ??= begin()
  return running
}

async function begin() {
  const e = await editor()
  const server = start(program(e), ['sandbox', '--auto-approve'], { cwd: e.home, env: e.env })
  await until('the sandbox is up', () => {
    if (server.ended()) throw new Error(server.output())
    return fs.existsSync(path.join(e.config, 'sandbox.json'))
  })
  return server
}

// Runs a verb on the command line, as somebody who is at work in a terminal beside the editor.
export async function paconn(...args) {
  const e = await editor()
  const done = spawnSync(program(e), args, { cwd: e.home, env: e.env, encoding: 'utf8', timeout: 60_000 })
  if (done.status !== 0) throw new Error(`paconn-ls ${args.join(' ')}: ${done.stdout}${done.stderr}`)
  return done.stdout
}

function program(e) {
  return path.join(packedExtension(e), 'bin/paconn-ls')
}
