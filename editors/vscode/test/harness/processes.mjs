// Programs that run while a scenario does, each the leader of a process group, so that nothing of it is left behind.
import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import * as net from 'node:net'
import { until } from './wait.mjs'

// Starts a program and returns { pid, output(), stop() }. It has no environment but what is given.
export function start(command, args, { cwd, env }) {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  let failure
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  child.on('error', (err) => (failure = err))
  return {
    pid: child.pid,
    output: () => (failure ? `${failure.message}\n${text}` : text),
    ended: () => failure !== undefined || child.exitCode !== null || child.signalCode !== null,
    async stop() {
      if (child.pid === undefined) return
      signal(-child.pid, 'SIGTERM')
      const gone = () => !signal(-child.pid, 0)
      await until(`${command} ends`, gone, { within: 3_000 }).catch(() => signal(-child.pid, 'SIGKILL'))
    },
  }
}

// Sends a signal and reports whether anybody was there to get it.
export function signal(pid, name) {
  try {
    process.kill(pid, name)
    return true
  } catch {
    return false
  }
}

// Returns a port of loopback that is free.
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

// Returns the process ids of the language servers that run with a config folder.
export function serversOf(config) {
  return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      const [, verb] = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return verb === 'serve' && fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`PACONN_CONFIG_DIR=${config}`)
    } catch {
      return false // it is gone, or somebody else's
    }
  })
}
