-- What is sent is what was seen and asked for, and goes where it was said to go.
local t = dofile(vim.env.PACONN_NVIM .. '/test/harness.lua')

local europe, america = '33333333-dddd-4eee-8fff-444444444444', '55555555-aaaa-4bbb-8ccc-666666666666'
local dir = t.copy('pets', 'pets')
local definition, settings = dir .. '/apiDefinition.swagger.json', dir .. '/settings.json'
assert(vim.uv.fs_unlink(settings))
vim.cmd.cd(t.work)

---Runs a command of the server, past the plugin.
local function serve(verb, args)
  local client, err, result = assert(t.clients()[1])
  require('paconn_ls.client').request(client, 'workspace/executeCommand', { command = 'paconn.' .. verb, arguments = { args } }, function(e, r)
    err, result = e, r
  end)
  t.eventually(verb, function()
    return err or result
  end)
  return assert(result, vim.inspect(err))
end

t.it('connectors enough for a list that no message holds', function()
  t.open(definition)
  t.answer(function(prompt)
    return prompt:find('/device', 1, true) and 'Open the page'
  end)
  vim.ui.open = function()
    return nil, 'no browser here'
  end
  t.paconn('login', 'signed in as')
  for _, environment in ipairs({ europe, america }) do
    for _ = 1, 5 do
      serve('create', { folder = dir, environment = environment })
      assert(vim.uv.fs_unlink(settings))
    end
  end
end)

t.it('the environment of settings.json holds, whatever was used last', function()
  require('paconn_ls.memory').remember(dir, europe)
  t.write(settings, vim.json.encode({ environment = america, apiProperties = 'apiProperties.json', apiDefinition = 'apiDefinition.swagger.json' }))
  vim.cmd('silent! edit! ' .. vim.fn.fnameescape(definition))
  t.change('"version": "1', '"version": "7')
  local review
  t.answer(function(prompt)
    if prompt:find('1 change', 1, true) then
      review = prompt
      return 'Cancel'
    end
    return 'Pets'
  end)
  t.said, t.asked = {}, {}
  vim.cmd('Paconn update')
  t.eventually('the question whether to send it', function()
    return review
  end, function()
    return { t.asked, t.said }
  end)
  t.contains('the question', review, america)
end)

---Deploys the connector and leaves a change of its version to be sent.
local function deployed(version)
  vim.fn.delete(settings)
  t.open(definition)
  vim.cmd('silent edit!')
  local made = serve('create', { folder = dir, environment = europe })
  vim.cmd([[silent %s/"version": "[^"]*"/"version": "]] .. version .. [["/ | silent write]])
  return made.connectorId
end

---What is deployed, as the next dry run sees it.
local function shown()
  return serve('update', { folder = dir, dryRun = true }).before
end

t.it('a file that changes while the question stands is not sent', function()
  deployed('2.1')
  t.answer(function(prompt)
    if prompt:find('1 change', 1, true) then
      t.write(definition, (t.read(definition):gsub('"2%.1"', '"6.6"')))
      vim.cmd('silent checktime') -- autoread takes it in
      return 'Send the update'
    end
  end)
  t.paconn('update', 'changed since they were compared')
  assert(not shown():find('"6.6"', 1, true), 'what nobody saw was sent')
end)

t.it('settings that change while the question stands send nothing elsewhere', function()
  local other = deployed('3.1')
  vim.fn.delete(settings)
  local shownone = deployed('3.2')
  t.answer(function(prompt)
    if prompt:find('1 change', 1, true) then
      t.write(settings, (t.read(settings):gsub(vim.pesc(shownone), other)))
      return 'Send the update'
    end
  end)
  t.paconn('update', 'updated Pets')
  t.contains('what is told', t.heard('updated Pets'), shownone)
end)

t.it('what cannot be compared is told, and asked about', function()
  local prompt
  t.answer(function(asked)
    prompt = asked
  end)
  local review = require('paconn_ls.review')
  coroutine.wrap(function()
    review.wanted({ title = 'Pets', environment = europe, changes = {}, unknown = { 'icon' }, before = '{}', after = '{}' })
  end)()
  t.contains('the question', tostring(prompt), 'what changes of icon is not known')
  t.eventually('the end of the review', function()
    return #vim.api.nvim_list_tabpages() == 1
  end)
end)

t.it('an environment that cannot be remembered keeps nothing from being told', function()
  local stdpath = vim.fn.stdpath
  vim.fn.stdpath = function(what)
    return what == 'state' and '/proc/nowhere/state' or stdpath(what)
  end
  vim.fn.delete(settings)
  t.paconn('create environment=' .. america, 'created Pets')
  vim.fn.stdpath = stdpath
end)

t.it('the environment of the settings goes before the one that was used last', function()
  t.open(definition)
  require('paconn_ls.memory').remember(dir, europe)
  local commands = require('paconn_ls.commands')
  t.equal('without settings', commands.environment(), europe)
  local configured = commands.configured
  commands.configured = function()
    return america
  end
  t.equal('with settings', commands.environment(), america)
  commands.configured = configured
end)

t.it('where the server dies over a create, one is told to look before it is sent again', function()
  t.open(definition)
  t.said = {}
  vim.cmd('Paconn create overwriteSettings environment=' .. europe)
  for _, pid in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do
    vim.uv.kill(pid, 'sigkill')
  end
  t.eventually('the warning', function()
    return t.heard('look before you send it again')
  end, function()
    return t.said
  end)
end)

t.finish()
