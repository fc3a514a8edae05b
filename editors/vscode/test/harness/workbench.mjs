// What a person does with the editor, and sees of it.
import * as path from 'node:path'
import { until } from './wait.mjs'

export { shot } from './shots.mjs'

const quickInput = '.quick-input-widget:visible'

// Opens a file by its name, as Ctrl+P does, and returns when its text is there.
export async function open(page, name) {
  const picked = await listed(page, 'Control+P', name, path.basename(name))
  await picked.click()
  await page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor()
  await page.locator('.editor-instance .view-lines .view-line').first().waitFor()
}

// Runs a command of the palette by its whole title, once it is there: those of extensions come a little later.
export async function command(page, title) {
  const row = await listed(page, 'F1', `>${title}`, title)
  await row.click()
}

// Asks for a row until it is listed: what was typed before a window knew its files and commands is not looked for again.
function listed(page, key, text, label) {
  return until(`${label} is listed`, async () => {
    const found = await quick(page, key, text, label, 2_000).catch(() => undefined)
    if (!found) await page.keyboard.press('Escape')
    return found
  })
}

// Opens a quick input by a key, types into it and returns the row of that label.
async function quick(page, key, text, label, timeout) {
  await until(`${key} opens a list`, async () => {
    if (await page.locator(quickInput).count()) return true
    await page.keyboard.press(key)
    return page.locator(quickInput).count()
  }, { every: 200 })
  await page.locator(`${quickInput} .quick-input-box input`).fill(text)
  return choice(page, label, timeout)
}

// Returns the row of a list that is open with that label: a text, which is compared as a whole, or a pattern.
export async function choice(page, label, timeout) {
  const exact = typeof label === 'string' ? new RegExp(`^${escape(label)}$`) : label
  const row = page.locator(`${quickInput} .monaco-list-row`).filter({ has: page.locator('.label-name', { hasText: exact }) }).first()
  await row.waitFor({ timeout })
  return row
}

export async function pick(page, label) {
  await (await choice(page, label)).click()
}

// Waits for a list whose title asks something.
export async function asked(page, title) {
  await page.locator(quickInput).filter({ has: page.locator('.quick-input-title', { hasText: title }) }).waitFor()
}

// Types into an input box that asks for something, once it does.
export async function answer(page, question, text) {
  await page.locator(quickInput, { hasText: question }).waitFor()
  await page.locator(`${quickInput} .quick-input-box input`).fill(text)
  await page.keyboard.press('Enter')
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

// Shows the list of problems and returns how to read it.
export async function showProblems(page) {
  if (!(await page.locator('.markers-panel').isVisible())) await page.keyboard.press('Control+Shift+M')
  await page.locator('.markers-panel').waitFor()
}

// Narrows the list of problems: it holds in the page only the lines that are seen.
export async function filterProblems(page, text) {
  await page.locator('.viewpane-filter input, .markers-panel-action-filter input').first().fill(text)
}

// Returns the lines of the list of problems that are seen.
export async function problems(page) {
  return page.locator('.markers-panel .monaco-list-row').evaluateAll((rows) => rows.map((row) => row.textContent))
}

// Waits for a problem whose line in the list has all of these words, and returns the line.
export function problem(page, ...words) {
  return until(`a problem with ${words.join(', ')}`, async () => {
    const all = await problems(page)
    const found = all.find((line) => words.every((word) => (word instanceof RegExp ? word.test(line) : line.includes(word))))
    if (!found) throw new Error(`there are:\n${all.join('\n')}`)
    return found
  })
}

export function noProblem(page, pattern) {
  return until(`no problem like ${pattern}`, async () => !(await problems(page)).some((line) => pattern.test(line)))
}

// Shows the outline, opens the part of it that is ours, and returns its lines.
export async function outline(page) {
  await page.locator('.pane-header', { hasText: 'Outline' }).click()
  const rows = page.locator('.outline-pane .monaco-list-row')
  const group = rows.filter({ hasText: 'Power Connector' })
  await group.waitFor()
  if ((await group.getAttribute('aria-expanded')) === 'false') await group.locator('.monaco-tl-twistie').click()
  return rows
}

const messages = ':is(.notifications-toasts, .notifications-center).visible .notification-list-item'

// Waits for a message in the corner and returns it. Of many at once the editor shows some only in the list behind the bell.
export async function toast(page, text) {
  const found = page.locator(messages, { hasText: text }).first()
  let tries = 0
  await until(`a message like ${text}`, async () => {
    if (await found.count()) return true
    if (++tries % 40 === 0 && !(await page.locator('.notifications-center.visible').count())) await bell(page).click()
    throw new Error(`there are:\n${(await page.locator(messages).allTextContents()).join('\n')}`)
  })
  return found
}

const bell = (page) => page.locator('[id="status.notifications"]')

// Returns the words of a message, without those of its buttons.
export function words(note) {
  return note.locator('.notification-list-item-message').textContent()
}

export async function press(note, button) {
  await note.locator('.monaco-button', { hasText: button }).first().click()
}

// Puts the cursor to a place, lines and columns from one.
export async function goTo(page, line, column = 1) {
  await until('Ctrl+G asks for a line', async () => {
    if (await page.locator(quickInput).count()) return true
    await page.keyboard.press('Control+G')
    return page.locator(quickInput).count()
  }, { every: 200 })
  await page.locator(`${quickInput} .quick-input-box input`).fill(`:${line}:${column}`)
  await page.keyboard.press('Enter')
  await until('the cursor is there', async () => (await page.locator('.statusbar', { hasText: `Ln ${line}, Col ${column}` }).count()) > 0)
}

// Undoes all that was typed in the editor that has the focus.
export async function undo(page) {
  const dirty = page.locator('.tab.active.dirty')
  await until('everything is undone', async () => {
    if ((await dirty.count()) === 0) return true
    await page.keyboard.press('Control+Z')
    return (await dirty.count()) === 0
  })
}

// Saves the file that is being edited.
export async function save(page) {
  await page.keyboard.press('Control+S')
  await until('the file is saved', async () => (await page.locator('.tab.active.dirty').count()) === 0)
}

// Opens the list of fixes at the cursor, as Ctrl+. does.
export async function quickFixes(page) {
  const list = page.locator('.action-widget').filter({ has: page.locator('.monaco-list-row') }).first()
  await until('Ctrl+. opens a list', async () => {
    if (await list.isVisible()) return true
    await page.keyboard.press('Control+.')
    return list.isVisible()
  }, { every: 300 })
  return list.locator('.monaco-list-row').allTextContents()
}

// Shows the hover at the cursor, and returns its text.
export async function hover(page) {
  const box = page.locator('.monaco-hover:visible .monaco-hover-content').first()
  await until('a hover shows', async () => {
    if ((await box.count()) && !/Loading/.test(await box.textContent())) return true
    await page.keyboard.press('Control+K')
    await page.keyboard.press('Control+I')
    return (await box.count()) > 0 && !/Loading/.test(await box.textContent())
  }, { every: 500 })
  return box.textContent()
}

// Leaves a window as it was opened: without lists, messages and files, and what was typed into them.
export async function tidy(page) {
  await until('no list is open', async () => {
    if ((await page.locator(quickInput).count()) === 0) return true
    await page.keyboard.press('Escape')
  })
  await command(page, 'Notifications: Clear All Notifications')
  await command(page, 'View: Close All Editors')
  await until('no file is open', async () => {
    const discard = page.locator('.monaco-dialog-box .monaco-button', { hasText: "Don't Save" })
    if (await discard.count()) await discard.click()
    return (await page.locator('.editor-group-container .tab').count()) === 0
  })
}

// Opens the settings.json of the user.
export async function userSettings(page) {
  await command(page, 'Preferences: Open User Settings (JSON)')
  await page.locator('.tab.active[data-resource-name="settings.json"]').waitFor()
  await page.locator('.editor-instance .view-lines .view-line').first().waitFor()
}
