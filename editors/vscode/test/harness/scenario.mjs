// One scenario, as a test of node:test.
import { after, test } from 'node:test'
import { closeBrowser } from './browser.mjs'
import { closeEditor, inEditor } from './editor.mjs'
import { Skip } from './tell.mjs'
import { shot } from './workbench.mjs'

after(async () => {
  await closeBrowser()
  await closeEditor()
})

// Runs work(page, p, t) in a window of its own that shows the roots. A failure leaves a picture of how it looked.
export function scenario(name, roots, work, options = {}) {
  check(name, (t) => inEditor(roots, options, async (page, p) => {
    try {
      await work(page, p, t)
    } catch (err) {
      await shot(page, `failed ${name}`).catch(() => {})
      throw err
    }
  }))
}

// Runs work(t), which is skipped where the editor cannot be had.
export function check(name, work) {
  test(name, { timeout: 180_000 }, async (t) => {
    try {
      await work(t)
    } catch (err) {
      if (!(err instanceof Skip)) throw err
      t.skip(err.message)
    }
  })
}
