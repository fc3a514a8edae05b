// The service of the tests: the sandbox of the program itself, one for each suite, and the command line beside the editor.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as https from 'node:https'
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
  const file = path.join(e.config, 'sandbox.json')
  const server = start(program(e), ['sandbox'], { cwd: e.home, env: e.env })
  await until('the sandbox is up', () => {
    if (server.ended()) throw new Error(server.output())
    return fs.existsSync(file)
  })
  return { ...remote(JSON.parse(fs.readFileSync(file, 'utf8'))), stop: server.stop }
}

// What can be asked of the sandbox.
function remote({ url, certificate: ca, key }) {
  const control = (method, what, body) => request(`${url}/sandbox/${what}`, { method, ca, headers: { 'X-Sandbox-Key': key } }, body && JSON.stringify(body))
  return {
    // The requests that change a connector or upload a file, since they were forgotten, by method and path.
    async sent() {
      const all = JSON.parse(await control('GET', 'requests'))
      return all.filter((r) => r.method !== 'GET' && /\/apis(\/|$)|^\/storage\//.test(r.path)).map((r) => `${r.method} ${r.path}`)
    },
    forget: () => control('DELETE', 'requests'),
    fault: (fault) => control('POST', 'faults', fault),
    heal: () => control('DELETE', 'faults'),
    // Approves a sign-in, as a person does on the page that is shown with the code.
    async approve(page, code, user) {
      const form = new URLSearchParams({ code, user, decision: 'approve' }).toString()
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
      assert.match(await request(page, { method: 'POST', ca, headers }, form), /You are signed in as/)
    },
  }
}

// Sends a request and returns what is answered.
function request(url, options, body) {
  return new Promise((resolve, reject) => {
    const sent = https.request(url, { ...options, agent: false }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => (response.statusCode < 300 ? resolve(text) : reject(new Error(`${url}: ${response.statusCode} ${text}`))))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

export const ada = 'ada@sandbox.example'

// Signs somebody in from the terminal, unless that is so.
export async function signIn(user = ada) {
  const { approve } = await sandbox()
  const { accounts } = JSON.parse(await paconn('status', '--json').catch((err) => err.stdout))
  if (accounts.some((a) => a.user === user)) return
  const e = await editor()
  const login = start(program(e), ['login', '--cloud', 'sandbox', '--with', 'device-code', '--force'], { cwd: e.home, env: e.env })
  const shown = await until('the code is shown', () => /(https:\S+\/device)\S* and enter the code (\S+)/.exec(login.output()))
  await approve(shown[1], shown[2], user)
  await until('the sign-in ends', () => login.ended())
}

// Runs a verb on the command line, as somebody who is at work in a terminal beside the editor.
export async function paconn(...args) {
  const e = await editor()
  const done = spawnSync(program(e), args, { cwd: e.home, env: e.env, encoding: 'utf8', timeout: 60_000 })
  if (done.status !== 0) throw Object.assign(new Error(`paconn-ls ${args.join(' ')}: ${done.stdout}${done.stderr}`), { stdout: done.stdout })
  return done.stdout
}

function program(e) {
  return path.join(packedExtension(e), 'bin/paconn-ls')
}
