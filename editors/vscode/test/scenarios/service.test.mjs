import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { editor, repository } from '../harness/editor.mjs'
import { sharing } from '../harness/scenario.mjs'
import { ada, paconn, sandbox, signIn } from '../harness/service.mjs'
import { until } from '../harness/wait.mjs'
import * as see from '../harness/workbench.mjs'

const definition = 'apiDefinition.swagger.json'
const environment = 'Default-11111111-aaaa-4bbb-8ccc-222222222222'

// What signs in to an API with OAuth, so that a secret is needed.
const mail = {
  properties: {
    connectionParameters: {
      token: {
        type: 'oauthSetting',
        oAuthSettings: {
          identityProvider: 'oauth2', clientId: 'pets', scopes: ['read'], redirectMode: 'Global',
          redirectUrl: 'https://global.consent.azure-apim.net/redirect',
          customParameters: {
            authorizationUrl: { value: 'https://login.pets.test/authorize' },
            tokenUrl: { value: 'https://login.pets.test/token' },
            refreshUrl: { value: 'https://login.pets.test/refresh' },
          },
        },
      },
    },
    iconBrandColor: '#2B579A',
    capabilities: [],
  },
}

// A folder with two connectors that have not been deployed yet.
function fill(folder) {
  for (const name of ['pets', 'mail']) {
    fs.cpSync(path.join(repository, 'testdata/connectors/pets'), path.join(folder, name), { recursive: true })
    fs.rmSync(path.join(folder, name, 'settings.json'))
  }
  fs.writeFileSync(path.join(folder, 'mail/apiProperties.json'), JSON.stringify(mail, null, 2))
  fs.writeFileSync(path.join(folder, 'readme.md'), '# Connectors\n')
}

const work = sharing({ work: fill }, { settings: { 'paconn.trace.server': 'verbose' } })
const petsIn = (p) => path.join(p.folders[0], 'pets')

// Has the connector pets deployed, and one word of its definition another one since.
async function deployedThenChanged(p, word) {
  await signIn()
  const settings = path.join(petsIn(p), 'settings.json')
  const file = path.join(petsIn(p), definition)
  if (!fs.existsSync(settings)) {
    const args = ['--api-def', file, '--api-prop', path.join(petsIn(p), 'apiProperties.json'), '--icon', path.join(petsIn(p), 'icon.png'), '--script', path.join(petsIn(p), 'script.csx')]
    const connectorId = (await paconn('create', '--cloud', 'sandbox', '--env', environment, ...args)).trim()
    fs.writeFileSync(settings, JSON.stringify({ connectorId, environment }, null, 2))
  }
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/"summary": "List pets[^"]*"/, `"summary": "List pets ${word}"`))
  const { forget } = await sandbox()
  await forget()
}

async function download(p, name) {
  const { environment, connectorId } = JSON.parse(fs.readFileSync(path.join(petsIn(p), 'settings.json'), 'utf8'))
  const dest = path.join(p.base, name)
  await paconn('download', '--cloud', 'sandbox', '--env', environment, '--cid', connectorId, '--dest', dest)
  return fs.readFileSync(path.join(dest, definition), 'utf8')
}

// Begins a sign-in with a code and returns the code.
async function beginSignIn(page) {
  await see.command(page, 'Power Connector: Sign In')
  await see.pick(page, /sandbox/i)
  await see.pick(page, /With a code/)
  await see.choice(page, /Copy the code and open the page/)
  return see.shownCode(page)
}

const ends = { 'Escape': (page) => page.keyboard.press('Escape'), 'Cancel': (page) => see.pick(page, /Cancel/) }

work('a sign-in that is cancelled ends, and another can begin at once', async (page) => {
  await sandbox()
  await see.open(page, `pets/${definition}`)
  const codes = new Set()
  for (const end of Object.values(ends)) {
    codes.add((await beginSignIn(page)).code)
    await see.busy(page, 'Signing in')
    await end(page)
    await see.quickInputGone(page)
    await see.status(page, 'The sign-in is ended.')
    await see.idle(page, 'Signing in')
  }
  assert.equal(codes.size, 2)
  assert.deepEqual(await see.complaints(page), [])
})

work('sign in with a code', async (page) => {
  const { approve } = await sandbox()
  await see.open(page, `pets/${definition}`)
  await see.command(page, 'Power Connector: Sign In')
  await see.choice(page, /sandbox/i)
  await see.shot(page, 'sign-in-cloud', see.list(page))
  await see.pick(page, /sandbox/i)
  await see.pick(page, /With a code/)
  await see.choice(page, /Copy the code and open the page/)
  await see.shot(page, 'device-code', see.list(page))
  const { code, url } = await see.shownCode(page)
  await see.pick(page, /Copy the code$/)
  await until('the code can be pasted', async () => (await see.clipboard(page)) === code)
  await approve(url, code, ada)
  const note = await see.toast(page, `${ada} is signed in to the sandbox cloud`)
  await see.quickInputGone(page)
  await see.status(page, ada)
  await see.shot(page, 'signed-in', note)
})

work('create a connector', async (page, p) => {
  await signIn()
  await see.open(page, `pets/${definition}`)
  await see.command(page, 'Power Connector: Create Connector')
  await see.choice(page, /Contoso/)
  await see.shot(page, 'environments', see.list(page))
  await see.pick(page, /Contoso/)
  const note = await see.toast(page, /Pets is created in Contoso/)
  await see.status(page, /Contoso/)
  await see.shot(page, 'created', note)
  const settings = JSON.parse(fs.readFileSync(path.join(petsIn(p), 'settings.json'), 'utf8'))
  assert.match(settings.connectorId, /^shared_pets/)
})

work('a dry run shows the difference and sends nothing', async (page, p) => {
  await deployedThenChanged(p, 'dry')
  await see.open(page, `pets/${definition}`)
  await see.command(page, 'Power Connector: Dry Run')
  await see.toast(page, /Pets would change: 1 change. Nothing was sent/)
  await page.locator('.monaco-diff-editor .view-line', { hasText: 'List pets dry' }).first().waitFor()
  await see.shot(page, 'dry-run')
  assert.deepEqual(await (await sandbox()).sent(), [])
})

work('an update asks with the difference in sight: no sends nothing, yes updates', async (page, p) => {
  await deployedThenChanged(p, 'of a shop')
  const { sent } = await sandbox()
  await see.open(page, `pets/${definition}`)
  await see.command(page, 'Power Connector: Update Connector')
  await see.asked(page, /Update Pets in .*\? 1 change/)
  await page.locator('.monaco-diff-editor .view-line', { hasText: 'List pets of a shop' }).first().waitFor()
  await see.shot(page, 'diff')
  await see.pick(page, /Cancel/)
  await see.status(page, /Pets is not updated; nothing was sent/)
  assert.deepEqual(await sent(), [])

  await see.command(page, 'Power Connector: Update Connector')
  await see.asked(page, /Update Pets in .*\? 1 change/)
  await see.pick(page, /Update/)
  await see.toast(page, /Pets is updated/)
  assert.match(await download(p, 'deployed'), /List pets of a shop/)

  await see.command(page, 'Power Connector: Update Connector')
  await see.toast(page, /Pets is deployed as it is here; nothing was sent/)
})

work('what nobody is signed in for goes on after the sign-in', async (page, p) => {
  await deployedThenChanged(p, 'of all shops')
  const { approve, sent } = await sandbox()
  await see.open(page, `pets/${definition}`)
  await see.status(page, ada)
  await paconn('logout')
  await see.command(page, 'Power Connector: Update Connector')
  const note = await see.toast(page, /[Nn]obody is signed in/)
  await until('nobody is shown', async () => (await page.locator('.statusbar-item', { hasText: ada }).count()) === 0)
  await see.press(note, 'Sign In')
  await see.pick(page, /sandbox/i)
  await see.pick(page, /With a code/)
  await see.choice(page, /Copy the code and open the page/)
  const { code, url } = await see.shownCode(page)
  await approve(url, code, ada)
  await see.asked(page, /Update Pets in .*\? 1 change/)
  await see.pick(page, /Cancel/)
  await see.status(page, 'Pets is not updated; nothing was sent.')
  assert.deepEqual(await sent(), [])
})

// Verbs that are cancelled while the service keeps them waiting, and what they show until then.
const cancelled = {
  'Update Connector': { fault: { method: 'GET', path: '*/apis/shared_pets*' }, title: 'Comparing pets' },
  'Create Connector': { fault: { method: 'POST', path: '*validateApiSwagger' }, title: 'Creating the connector', file: `mail/${definition}`, before: (page) => see.pick(page, /Contoso/) },
}
work('what is under way ends by its button, and nothing is sent', async (page, p) => {
  await deployedThenChanged(p, 'cancelled')
  const { sent, fault, heal } = await sandbox()
  for (const [verb, c] of Object.entries(cancelled)) {
    await see.open(page, c.file ?? `pets/${definition}`)
    await fault({ ...c.fault, kind: 'slow', times: -1 })
    try {
      await see.command(page, `Power Connector: ${verb}`)
      await c.before?.(page)
      const note = await see.toast(page, c.title)
      await see.shot(page, 'progress', note)
      await see.press(note, 'Cancel')
      await see.idle(page, c.title)
    } finally {
      await heal()
    }
  }
  assert.deepEqual(await see.complaints(page), [])
  assert.deepEqual(await sent(), [])
  assert.equal(fs.existsSync(path.join(p.folders[0], 'mail/settings.json')), false)
})

work('a secret is asked for without showing it, and kept nowhere; the redirect URL is there to copy', async (page, p) => {
  await signIn()
  const secret = 'a-secret-that-nobody-else-says'
  await see.open(page, `mail/${definition}`)
  await see.ready(page)
  await see.traceLog(page)
  await see.command(page, 'Power Connector: Create Connector')
  await see.pick(page, /Contoso/)
  await see.asked(page, /client secret/i)
  assert.equal(await see.inputType(page), 'password')
  await page.keyboard.type(secret)
  await see.shot(page, 'secret', see.list(page))
  await page.keyboard.press('Enter')
  const note = await see.toast(page, /is created in Contoso/)
  await see.shot(page, 'redirect-url', note)
  await see.press(note, 'Copy Redirect URL')
  await until('the redirect URL can be pasted', async () => /^https:\/\/\S+\/redirect/.test(await see.clipboard(page)))
  assert.deepEqual(holding((await editor()).place('.'), secret), [])
  assert.match((await editor()).logs(), /paconn\.create/, 'the talk with the server is logged')
})

// Returns the files below a folder that hold a text.
function holding(folder, text) {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile())
  return files.map((f) => path.join(f.parentPath ?? f.path, f.name)).filter((file) => fs.readFileSync(file).includes(text))
}

work('download into a new folder, and again over what is there', async (page, p) => {
  await signIn()
  const begin = async () => {
    await see.command(page, 'Power Connector: New Download…')
    await see.pick(page, /Contoso/)
    await see.choice(page, /Weather/)
  }
  await begin()
  await see.shot(page, 'connectors', see.list(page))
  await see.pick(page, /Weather/)
  await see.pick(page, /\bwork$/)
  await see.answer(page, 'Name of the folder', 'weather')
  const note = await see.toast(page, /Weather is in weather/)
  await see.shot(page, 'downloaded', note)
  await see.press(note, 'Open Definition')
  await page.locator(`.tab.active[data-resource-name="${definition}"]`).waitFor()

  const file = path.join(p.folders[0], 'weather', definition)
  fs.writeFileSync(file, '{"mine": true}')
  await begin()
  await see.pick(page, /Weather/)
  await see.pick(page, /\bwork$/)
  await see.answer(page, 'Name of the folder', 'weather')
  await see.decide(page, /Overwrite it\?/, 'No')
  assert.equal(fs.readFileSync(file, 'utf8'), '{"mine": true}')
  assert.ok(fs.existsSync(path.join(p.folders[0], 'weather', 'settings.json')))
  fs.rmSync(path.join(p.folders[0], 'weather'), { recursive: true })
})

work('what the service says stands in Problems', async (page, p) => {
  await signIn()
  const file = path.join(petsIn(p), definition)
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"#/definitions/Pet"', '"#/definitions/Cat"'))
  await see.open(page, `pets/${definition}`)
  await see.showProblems(page)
  await see.command(page, 'Power Connector: Validate with the Service')
  await see.toast(page, /The service refuses the definition/)
  assert.match(await see.problem(page, 'paconn service'), /Ln 49/)
  await see.shot(page, 'validated')
})

work('a failure shows its code and request id', async (page, p) => {
  await signIn()
  fs.cpSync(path.join(repository, 'testdata/connectors/pets'), path.join(p.folders[0], 'gone'), { recursive: true })
  fs.writeFileSync(path.join(p.folders[0], 'gone/settings.json'), JSON.stringify({ connectorId: 'shared_gone-5f0', environment }))
  await see.open(page, `gone/${definition}`)
  await see.command(page, 'Power Connector: Update Connector')
  const note = await see.toast(page, /shared_gone/)
  const [, id] = /request ([0-9a-f-]{36})/.exec(await see.words(note))
  await see.shot(page, 'failure', note)
  await see.press(note, 'Copy Details')
  await until('the details can be pasted', async () => (await see.clipboard(page)).includes(id))
})
