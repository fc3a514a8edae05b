// Pictures of the window, in the cache folder.
import * as fs from 'node:fs'
import * as path from 'node:path'
import { cache } from '../install.mjs'
import { say } from './tell.mjs'

export const shots = path.join(cache, '../vscode-shots')

// Keeps a picture when nothing moves any more and the mouse is out of the way: of the window, or of what the locators show.
export async function shot(page, name, ...of) {
  await page.mouse.move(0, 0)
  await page.waitForFunction(() => document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getComputedTiming().endTime === Infinity))
  fs.mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: path.join(shots, `${name}.png`), clip: await around(page, of) })
}

async function around(page, of) {
  if (of.length === 0) return undefined
  const boxes = await Promise.all(of.map((locator) => locator.boundingBox()))
  const { width, height } = page.viewportSize()
  const left = Math.max(0, Math.min(...boxes.map((b) => b.x)))
  const top = Math.max(0, Math.min(...boxes.map((b) => b.y)))
  const right = Math.min(width, Math.max(...boxes.map((b) => b.x + b.width)))
  const bottom = Math.min(height, Math.max(...boxes.map((b) => b.y + b.height)))
  return { x: left, y: top, width: right - left, height: bottom - top }
}

// Keeps how a window looked when a scenario failed, and what was logged, and says where.
export async function keepFailure(page, name, logs) {
  const file = path.join(shots, `failed-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`)
  fs.mkdirSync(shots, { recursive: true })
  fs.writeFileSync(`${file}.log`, logs)
  const pictured = await page.screenshot({ path: `${file}.png` }).then(() => true, () => false)
  say(`        how it was: ${[pictured && `${file}.png`, `${file}.log`].filter(Boolean).map((f) => path.relative('.', f)).join(', ')}`)
}

// Forgets the failures of earlier runs.
export function forgetFailures() {
  for (const name of fs.existsSync(shots) ? fs.readdirSync(shots) : []) {
    if (/^failed[- ]/.test(name)) fs.rmSync(path.join(shots, name))
  }
}
