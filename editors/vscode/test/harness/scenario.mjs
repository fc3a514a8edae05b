// Scenarios, as tests of node:test.
import { after, test } from 'node:test'
import { closeBrowser } from './browser.mjs'
import { closeEditor, editor } from './editor.mjs'
import { keepFailure } from './shots.mjs'
import { Skip } from './tell.mjs'
import { openWindow } from './window.mjs'
import { tidy } from './workbench.mjs'

let shown // the window that is open, and the group that it is for

after(async () => {
  await closeShown()
  await closeBrowser()
  await closeEditor()
})

// Returns scenario(name, work) for scenarios that share a window, since opening one takes most of the time: each begins
// without open files and messages, and the first after one that failed in a new window, with its folders as they were.
// work(page, p, t) gets the page, what openWindow tells of it, and the test.
export function sharing(roots, options) {
  const group = {}
  return (name, work) => check(name, async (t) => {
    const { page, p } = await windowOf(group, roots, options)
    try {
      await work(page, p, t)
    } catch (err) {
      await keepFailure(page, name, (await editor()).logs())
      await closeShown()
      throw err
    }
  })
}

// One scenario in a window of its own.
export function scenario(name, roots, work, options) {
  sharing(roots, options)(name, work)
}

async function windowOf(group, roots, options) {
  if (shown?.group === group) {
    await tidy(shown.page)
    return shown
  }
  await closeShown()
  shown = { group, ...(await openWindow(roots, options)) }
  return shown
}

// Closes the window that is open.
export async function closeShown() {
  await shown?.close()
  shown = undefined
}

// The names of the scenarios that are wanted; none stands for all.
const wanted = JSON.parse(process.env.PACONN_SCENARIOS ?? '[]')

// Runs work(t), which is skipped where the editor cannot be had.
export function check(name, work) {
  if (wanted.length > 0 && !wanted.includes(name)) return
  test(name, { timeout: 180_000 }, async (t) => {
    try {
      await work(t)
    } catch (err) {
      if (!(err instanceof Skip)) throw err
      t.skip(err.message)
    }
  })
}
