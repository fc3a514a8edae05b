// Nothing is left of the extension once it is deactivated: no process, no timer, no command. It is loaded a second time
// for that, in a window where VS Code lets it sleep, until a command wakes it.
const assert = require('node:assert/strict')
const path = require('node:path')
const { extension, serversBelow, until } = require('./host.cjs')

exports.run = async (vscode) => {
  const it = extension()
  assert.equal(it.isActive, false)
  const main = path.join(it.extensionPath, it.packageJSON.main)
  const timers = watchTimers(main)
  const started = performance.now()
  const { activate, deactivate } = require(main)
  const load = performance.now() - started
  let activation
  const ours = async () => (await vscode.commands.getCommands(true)).filter((c) => /^paconn(Ls)?\./.test(c))

  const moments = {
    'when it serves': async () => (await ours()).includes('paconn.update'),
    'before the server starts': () => true,
    'while the server starts': () => serversBelow(process.pid).length > 0,
  }
  for (const [moment, reached] of Object.entries(moments)) {
    const context = { subscriptions: [], extension: it, extensionPath: it.extensionPath, workspaceState: memento(), globalState: memento() }
    const began = performance.now()
    activate(context)
    activation ??= performance.now() - began
    await until(moment, reached)
    const ended = deactivate()
    for (const one of context.subscriptions) one.dispose()
    await ended
    assert.deepEqual(serversBelow(process.pid), [], `${moment}: a server is left`)
    await until(`${moment}: no timer is left`, () => {
      if (timers.size === 0) return true
      throw new Error([...timers.values()].join('\n'))
    })
    assert.deepEqual(await ours(), [], `${moment}: commands are left`)
  }

  assert.equal(it.isActive, false)
  await vscode.commands.executeCommand('paconnLs.checkWorkspace')
  assert.equal(it.isActive, true, 'a command does not wake it')
  assert.ok((await ours()).includes('paconn.update'), 'the server does not run')
  return { load, activation }
}

// Returns the timers that a module has set and that are neither over nor taken back, with where they were set.
function watchTimers(module) {
  const running = new Map()
  for (const [set, clear] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval']]) {
    const [realSet, realClear] = [global[set], global[clear]]
    global[set] = (work, ...rest) => {
      const timer = realSet((...args) => {
        if (set === 'setTimeout') running.delete(timer)
        work(...args)
      }, ...rest)
      const { stack } = new Error(set)
      if (stack.includes(module)) running.set(timer, stack)
      return timer
    }
    global[clear] = (timer) => {
      running.delete(timer)
      realClear(timer)
    }
    Object.defineProperties(global[set], Object.getOwnPropertyDescriptors(realSet)) // what util.promisify looks for
  }
  return running
}

function memento() {
  const all = new Map()
  return { get: (key, otherwise) => all.get(key) ?? otherwise, update: async (key, value) => void all.set(key, value), keys: () => [...all.keys()] }
}
