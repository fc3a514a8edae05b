// What a person does with the editor, and sees of it.
import * as path from 'node:path'
import { until } from './wait.mjs'

export { shot } from './shots.mjs'

const quickInput = '.quick-input-widget:visible'

// Opens a file by its name, as Ctrl+P does, and returns when its text is there. The folder before the name is needed where
// there are several of that name.
export async function open(page, file) {
  const name = path.basename(file)
  const folder = path.dirname(file)
  const picked = await listed(page, 'Control+P', file, name, folder === '.' ? '' : folder)
  await picked.click()
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor()
  if (folder !== '.') await page.locator('.breadcrumbs-control', { hasText: folder }).waitFor()
  await page.locator('.editor-instance .view-lines .view-line').first().waitFor()
}

// Runs a command of the palette by its whole title, once it is there: those of extensions come a little later.
export async function command(page, title) {
  const row = await listed(page, 'F1', `>${title}`, title)
  await row.click()
}

// Asks for a row until it is listed: what was typed before a window knew its files and commands is not looked for again.
function listed(page, key, text, label, description) {
  return until(`${label} is listed`, async () => {
    await openList(page, key)
    await page.locator(`${quickInput} .quick-input-box input`).fill(text, { timeout: 2_000 }) // it may close at once, and is opened again
    const found = await choice(page, label, { timeout: 2_000, description }).catch(() => undefined)
    if (!found) await page.keyboard.press('Escape')
    return found
  })
}

function openList(page, key) {
  return until(`${key} opens a list`, async () => {
    if (await page.locator(quickInput).count()) return true
    await page.keyboard.press(key)
    return page.locator(quickInput).count()
  }, { every: 200 })
}

// Returns the row of a list that is open with that label: a text, which is compared as a whole but for an icon before it,
// or a pattern.
export async function choice(page, label, { timeout, description } = {}) {
  const exact = typeof label === 'string' ? new RegExp(`^\\s*${escape(label)}$`) : label
  let rows = page.locator(`${quickInput} .monaco-list-row`).filter({ has: page.locator('.label-name', { hasText: exact }) })
  if (description) rows = rows.filter({ has: page.locator('.label-description', { hasText: description }) })
  await rows.first().waitFor({ timeout })
  return rows.first()
}

export async function pick(page, label) {
  await (await choice(page, label)).click()
}

// The list or the input box that is open.
export const list = (page) => page.locator(quickInput)

// Waits for a list or an input box that asks something.
export const asked = (page, question) => page.locator(quickInput)
  .filter({ has: page.locator('.quick-input-title, .quick-input-message', { hasText: question }) }).waitFor()

// Types into an input box that asks for something, once it does.
export async function answer(page, question, text) {
  await asked(page, question)
  await page.locator(`${quickInput} .quick-input-box input`).fill(text)
  await page.keyboard.press('Enter')
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

// Shows the list of problems.
export function showProblems(page) {
  const panel = page.locator('.markers-panel')
  return until('Ctrl+Shift+M shows the problems', async () => {
    if (await panel.isVisible()) return true
    await page.keyboard.press('Control+Shift+M')
    await panel.waitFor({ timeout: 1_000 })
    return true
  })
}

// Narrows the list of problems: it holds in the page only the lines that are seen.
export function filterProblems(page, text) {
  return until(`problems are filtered by ${text}`, async () => {
    const badge = page.locator('.part.panel .viewpane-filter-badge', { hasText: /Showing/ })
    await page.locator(problemFilter).fill(text, { timeout: 1_000 })
    const filtered = until('', async () => ((await badge.count()) > 0) === (text !== ''), { within: 2_000 })
    return filtered.then(() => true, () => false)
  })
}

const problemFilter = '.part.panel .viewpane-filter input'

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
  const header = page.locator('.pane-header', { hasText: 'Outline' })
  if ((await header.getAttribute('aria-expanded')) === 'false') await header.click()
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

// Waits until no message like this is shown or listed, such as that of something under way.
export function noToast(page, text) {
  return until(`no message like ${text}`, async () => (await page.locator(messages, { hasText: text }).count()) === 0)
}

// Returns the messages that tell of a failure.
export function complaints(page) {
  return page.locator(`${messages}:has(.codicon-error, .codicon-warning)`).allTextContents()
}

// Waits until something shows that it is under way in the status bar or a message, or no longer.
export const busy = (page, title) => until(`${title} is under way`, () => underWay(page, title))
export const idle = (page, title) => until(`${title} is over`, async () => !(await underWay(page, title)))

async function underWay(page, title) {
  const shown = [page.locator('.statusbar-item', { hasText: title }), page.locator(messages, { hasText: title }).filter({ has: page.locator('.monaco-progress-container.active') })]
  return (await Promise.all(shown.map((s) => s.count()))).some((n) => n > 0)
}

// Waits for a question that nothing else can be done before, and answers it.
export async function decide(page, question, button) {
  const box = page.locator('.monaco-dialog-box', { hasText: question })
  await box.waitFor()
  await box.locator('.monaco-button', { hasText: button }).click()
  await box.waitFor({ state: 'detached' })
}

// Returns how what is typed into the input box that is open shows.
export const inputType = (page) => page.locator(`${quickInput} .quick-input-box input`).getAttribute('type')

// Returns the code of a sign-in that is shown, and the page it is for.
export async function shownCode(page) {
  const title = await page.locator(`${quickInput} .quick-input-title`).textContent()
  const [, code, url] = /the code (\S+) at (\S+)/.exec(title)
  return { code, url }
}

// Opens the menu of an entry of the explorer, and returns what it has.
export async function contextMenu(page, entry) {
  await page.locator('.explorer-folders-view .monaco-list-row', { has: page.getByText(entry, { exact: true }) }).first().click({ button: 'right' })
  const items = page.locator('.monaco-menu .action-menu-item')
  await items.first().waitFor()
  return (await items.allTextContents()).map((text) => text.trim())
}

// Opens a menu within the menu that is open, and waits for an entry of it.
export async function subMenu(page, name, entry) {
  await page.locator('.monaco-menu .action-menu-item', { hasText: name }).hover()
  await page.locator('.monaco-menu .action-menu-item', { hasText: entry }).waitFor()
}

// Waits until the menu of an entry has ours: it comes when the server has told of its connectors.
export function ownMenu(page, entry) {
  return until(`the menu of ${entry} has ours`, async () => {
    if ((await contextMenu(page, entry)).includes('Power Connector')) return true
    await closeMenu(page)
  })
}

export async function closeMenu(page) {
  await until('no menu is open', async () => {
    if ((await page.locator('.monaco-menu').count()) === 0) return true
    await page.keyboard.press('Escape')
  })
}

// Reports whether a page inside the window shows a picture.
export async function pictureShown(page) {
  for (const frame of page.frames()) {
    const loaded = await frame.evaluate(() => [...document.images].some((image) => image.naturalWidth > 0 && image.checkVisibility())).catch(() => false)
    if (loaded && frame !== page.mainFrame()) return true
  }
  return false
}

// Waits until the server runs.
export const ready = (page) => page.locator('.statusbar-item .codicon-plug').waitFor()

// Has everything logged that the extension can log.
export async function traceLog(page) {
  await command(page, 'Developer: Set Log Level...')
  await pick(page, /Power Connector/)
  await pick(page, /Trace/)
}

// Waits until no list or input box is open.
export const quickInputGone = (page) => until('no list is open', async () => (await page.locator(quickInput).count()) === 0)

// Returns what a person would paste.
export const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText())

// Waits for an item of the status bar.
export const status = (page, text) => page.locator('.statusbar-item', { hasText: text }).first().waitFor()

// Returns the words of a message, without those of its buttons.
export function words(note) {
  return note.locator('.notification-list-item-message').textContent()
}

export async function press(note, button) {
  await note.locator('.monaco-button', { hasText: button }).first().click()
}

// Puts the cursor to a place, lines and columns from one.
export async function goTo(page, line, column = 1) {
  await until('Ctrl+G takes a line', async () => {
    await openList(page, 'Control+G')
    await page.locator(`${quickInput} .quick-input-box input`).fill(`:${line}:${column}`, { timeout: 2_000 })
    return true
  })
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

// Opens the list of completions at the cursor, as Ctrl+Space does, and returns their labels.
export async function completions(page) {
  const rows = page.locator('.suggest-widget.visible .monaco-list-row')
  await until('Ctrl+Space opens a list', async () => {
    if (await rows.count()) return true
    await page.keyboard.press('Control+Space')
    return (await rows.count()) > 0
  }, { every: 500 })
  return rows.locator('.label-name').allTextContents()
}

// Leaves a window as it was opened: without lists, messages and files, and what was typed into them.
export async function tidy(page) {
  await until('no list is open', async () => {
    if ((await page.locator(quickInput).count()) === 0) return true
    await page.keyboard.press('Escape')
  })
  if (await page.locator(problemFilter).isVisible()) await filterProblems(page, '')
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
