// Windows of the editor: each has folders and settings of its own.
import * as fs from 'node:fs'
import * as path from 'node:path'
import { newPage } from './browser.mjs'
import { editor, repository } from './editor.mjs'
import { serversOf } from './processes.mjs'
import { until } from './wait.mjs'

// What keeps the editor quiet, so that a picture shows what the scenario is about.
const quiet = {
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off', // as on a desktop; in a browser it would be on
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'window.dialogStyle': 'custom',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.editor.empty.hint': 'hidden',
  'workbench.editor.useModal': 'off',
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
}

let windows = 0

// Opens folders in a window and returns { page, p, close() }, where p is { base, folders, config, env, servers() }. roots are
// folders of testdata/connectors, or functions that fill a folder, by the names that they get. settings and keys are the
// user's; before(page) prepares the window.
export async function openWindow(roots, { settings = {}, keys = {}, before } = {}) {
  const e = await editor()
  const base = e.place(`work${++windows}`)
  const folders = Object.entries(roots).map(([name, fill]) => filled(e.place(path.join(path.basename(base), name)), fill))
  fs.writeFileSync(e.user, JSON.stringify({ ...quiet, ...settings }, null, 2))
  fs.writeFileSync(path.join(path.dirname(e.user), 'keybindings.json'), JSON.stringify(Object.entries(keys).map(([key, command]) => ({ key, command }))))
  const others = serversOf(e.config)
  const servers = () => serversOf(e.config).filter((pid) => !others.includes(pid))
  const page = await newPage(e.url)
  try {
    await before?.(page)
    await show(page, e.url, base, folders)
  } catch (err) {
    await page.close()
    throw err
  }
  return { page, p: { base, folders, config: e.config, env: e.env, servers }, close: () => page.close() }
}

function filled(folder, fill) {
  if (typeof fill === 'function') fill(folder)
  else fs.cpSync(path.join(repository, 'testdata/connectors', fill), folder, { recursive: true })
  return folder
}

// Shows a folder, or a workspace of several.
async function show(page, url, base, folders) {
  const several = folders.length > 1
  const workspace = path.join(base, 'several.code-workspace')
  const save = () => fs.writeFileSync(workspace, JSON.stringify({ folders: folders.map((folder) => ({ path: folder })) }))
  if (several) save()
  await page.goto(`${url}/?${new URLSearchParams(several ? { workspace } : { folder: folders[0] })}`)
  await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 })
  if (!several) return
  // A workspace that the editor reads for the first time can come between two of its steps, and stay without folders until
  // its file changes.
  await until('the folders of the workspace are listed', async () => {
    if (await page.locator('.explorer-folders-view .monaco-list-row').count()) return true
    save()
  }, { every: 500 })
}
