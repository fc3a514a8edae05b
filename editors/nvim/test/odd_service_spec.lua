-- What is odd about the person, the editor or the time while the service is asked.
local t = dofile(vim.env.PACONN_NVIM .. '/test/harness.lua')

local development = '33333333-dddd-4eee-8fff-444444444444'
local dir = t.copy('pets', 'pets')
local definition = dir .. '/apiDefinition.swagger.json'
assert(vim.uv.fs_unlink(dir .. '/settings.json'))
vim.cmd.cd(t.work)

vim.ui.open = function()
  return nil, 'no browser here'
end
vim.g.clipboard = {
  name = 'broken',
  copy = { ['+'] = { 'false' }, ['*'] = { 'false' } },
  paste = { ['+'] = { 'false' }, ['*'] = { 'false' } },
}

---A menu as plugins have it: it comes later, and the answer later still.
local function slow_menu(choose)
  t.answer(choose)
  local at_once = vim.ui.select
  vim.ui.select = function(items, opts, done)
    vim.defer_fn(function()
      at_once(items, opts, function(...)
        local given = vim.F.pack_len(...)
        vim.defer_fn(function()
          done(vim.F.unpack_len(given))
          done(vim.F.unpack_len(given)) -- and some say it twice
        end, 30)
      end)
    end, 30)
  end
end

t.it('a sign-in where no browser can be opened and no clipboard works', function()
  slow_menu(function(prompt)
    return prompt:find('/device', 1, true) and 'Open the page'
  end)
  t.paconn('login', 'signed in as')
  t.eventually('the question', function()
    return #t.asked > 0 -- the sandbox may have approved before the menu came
  end)
  t.contains('what was asked', t.asked[1].prompt, vim.fn.getreg('"'))
  assert(not t.asked[1].prompt:find('%.:'), t.asked[1].prompt)
end)

t.it('menus of plugins, which answer later', function()
  t.open(definition)
  slow_menu(function(prompt)
    return prompt:lower():find('environment', 1, true) and 'Development' or 'Yes'
  end)
  t.paconn('create', 'created Pets')
end)

t.it('the environment of a folder is remembered, also by the next Neovim', function()
  vim.cmd('silent enew')
  t.answer(function(prompt)
    return prompt:lower():find('environment', 1, true) and 'Development (3'
  end)
  local other = t.work .. '/elsewhere'
  vim.fn.mkdir(other, 'p')
  vim.cmd.cd(other)
  vim.cmd('Paconn list connectors')
  t.eventually('the question', function()
    return #t.asked > 0
  end)
  t.eventually('that it is remembered', function()
    return (require('paconn_ls.memory').environment(other) or '') ~= ''
  end, function()
    return { t.asked, t.said }
  end)
  local script = t.work .. '/next.lua'
  t.write(
    script,
    [[
      vim.ui.select = function(_, opts) io.stdout:write('ASKED ' .. opts.prompt .. '\n') vim.cmd('cquit 1') end
      vim.cmd('Paconn list connectors')
      vim.wait(10000, function() return vim.fn.execute('messages') ~= '' end, 10)
      io.stdout:write(vim.fn.execute('messages') .. '\n')
      vim.cmd('qall!')
    ]]
  )
  local next = { vim.v.progpath, '--headless', '--clean', '-u', vim.env.PACONN_NVIM .. '/test/init.lua', '-S', script }
  local out = vim.system(next, { cwd = other, text = true }):wait(20000)
  t.contains('the next Neovim', out.stdout .. out.stderr, 'Pets')
  t.equal('its exit code', out.code, 0)
  -- where something is made, it is only offered first
  t.asked = {}
  t.answer(function() end)
  vim.cmd('Paconn download')
  t.eventually('the question', function()
    return #t.asked > 0
  end)
  t.contains('the first that is offered', t.asked[1].titles[1], development .. ')  used last')
  vim.cmd.cd(t.work)
end)

t.it('two Neovims at once remember both their folders', function()
  local memory = require('paconn_ls.memory')
  local both = { t.work .. '/left', t.work .. '/right' }
  local running = {}
  for _, folder in ipairs(both) do
    vim.fn.mkdir(folder, 'p')
    local script = ([[for i = 1, 20 do require('paconn_ls.memory').remember(%q, 'environment-' .. i) end vim.cmd('qall!')]]):format(folder)
    t.write(folder .. '/script.lua', script)
    local line = { vim.v.progpath, '--headless', '--clean', '-u', vim.env.PACONN_NVIM .. '/test/init.lua', '-S', folder .. '/script.lua' }
    table.insert(running, vim.system(line, { text = true }))
  end
  for _, process in ipairs(running) do
    t.equal('an exit code', process:wait(20000).code, 0)
  end
  for _, folder in ipairs(both) do
    memory.remember(folder, 'last')
    t.equal('of ' .. folder, memory.environment(folder), 'last')
  end
  assert(memory.environment(t.work .. '/elsewhere'), 'what was remembered before is lost')
end)

t.it('a dry run shows what would change and sends nothing', function()
  t.open(definition)
  t.change('"version": "1', '"version": "2')
  vim.cmd('Paconn update dryRun')
  t.eventually('the tab page', function()
    return #vim.api.nvim_list_tabpages() == 2
  end)
  vim.cmd('tabclose')
  t.answer(function()
    return 'Cancel'
  end)
  t.said, t.asked = {}, {}
  vim.cmd('Paconn update')
  t.eventually('the question', function()
    return #t.asked > 0
  end)
  t.contains('what is still to be sent', t.asked[1].prompt, '1 change to Pets')
  t.eventually('the end of the review', function()
    return #vim.api.nvim_list_tabpages() == 1
  end)
end)

t.it('an update at once, with the review still open', function()
  t.open(definition)
  vim.cmd('Paconn update dryRun')
  t.eventually('the tab page', function()
    return #vim.api.nvim_list_tabpages() == 2
  end)
  vim.cmd('tabprevious')
  t.said = {}
  vim.cmd('Paconn! update')
  t.eventually('the update', function()
    return t.heard('updated Pets')
  end)
  t.equal('tab pages', #vim.api.nvim_list_tabpages(), 1)
end)

t.it('a buffer that goes while the service is asked', function()
  t.open(definition)
  t.said = {}
  vim.cmd('Paconn validate')
  vim.cmd('bwipeout!')
  t.eventually('the answer', function()
    return t.heard('the service finds nothing wrong')
  end)
end)

t.it('a download where the text at hand cannot be left', function()
  vim.o.hidden = false
  vim.cmd('silent enew')
  t.keys('isomething<Esc>')
  vim.ui.input = function(_, done)
    done(t.work .. '/a#b [copy]')
  end
  t.answer(function(prompt)
    return prompt:lower():find('environment', 1, true) and 'Development' or 'pets'
  end)
  t.paconn('download', 'downloaded shared_')
  t.contains('what is shown', vim.api.nvim_buf_get_name(0), '/a#b [copy]/apiDefinition.swagger.json')
  vim.o.hidden = true
  vim.cmd('silent only!')
end)

t.it('two verbs at a time for one connector: the second is told to wait', function()
  t.open(definition)
  t.answer(function() end)
  t.said = {}
  vim.cmd('Paconn! update')
  vim.cmd('Paconn! update')
  t.eventually('both answers', function()
    return t.heard('updated Pets') and t.heard('worked on by another command')
  end, function()
    return t.said
  end)
end)

t.it('an error of the service has its code, its request and the way out', function()
  t.paconn('update environment=11111111-0000-4000-8000-000000000000 connectorId=shared_none settings=', 'needs a value')
  local copy = t.copy('pets', 'stranger')
  t.write(copy .. '/settings.json', (t.read(dir .. '/settings.json'):gsub('"connectorId": "[^"]*"', '"connectorId": "shared_nothing"')))
  t.open(copy .. '/apiDefinition.swagger.json')
  t.paconn('update', 'shared_nothing')
  local text = t.heard('shared_nothing')
  assert(text:match('%(request [%w-]+%)'), text)
  assert(text:match('%u%l+%u%l+'), 'there is no code in: ' .. text)
end)

t.it('Ctrl-C at the question for a secret ends the verb, and nothing is sent', function()
  local inputsecret = vim.fn.inputsecret
  vim.fn.inputsecret = function()
    error('Keyboard interrupt')
  end
  local copy = t.oauth('interrupted')
  t.open(copy .. '/apiDefinition.swagger.json')
  t.answer(function()
    return 'Yes'
  end)
  t.paconn('create noCheck environment=' .. development, 'create was cancelled')
  t.equal('settings.json', vim.uv.fs_stat(copy .. '/settings.json'), nil)
  vim.fn.inputsecret = inputsecret
end)

t.it('a connector with OAuth asks for its secret, which is nowhere to be found, and tells the redirect URL', function()
  local secret = 'S3cretOfTheConnector'
  local inputsecret, question = vim.fn.inputsecret, nil
  vim.fn.inputsecret = function(prompt)
    question = prompt
    return secret
  end
  t.answer(function()
    return 'Yes'
  end)
  t.open(t.oauth('oauth') .. '/apiDefinition.swagger.json')
  local notify = vim.notify
  vim.notify = function(text, level)
    vim.api.nvim_echo({ { text } }, true, {}) -- into :messages too
    notify(text, level)
  end
  vim.lsp.set_log_level('trace')
  t.keys(':Paconn create noCheck environment=' .. development .. '<CR>')
  t.eventually('the connector', function()
    return t.heard('created Pets')
  end, function()
    return t.said
  end)
  vim.lsp.set_log_level('warn')
  vim.notify, vim.fn.inputsecret = notify, inputsecret
  t.contains('the question', question, 'secret')
  t.contains('what is told', t.heard('created Pets'), 'redirect URL, to register at the identity provider: https://')
  local log = vim.lsp.log.get_filename and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
  local places = {
    messages = vim.fn.execute('messages'),
    histories = vim.fn.execute('history all'),
    registers = vim.fn.execute('registers'),
    ['the log'] = t.read(log),
    ['the shada file'] = t.kept(),
  }
  t.contains('messages', places.messages, 'created Pets')
  t.contains('histories', places.histories, 'Paconn create')
  t.contains('the log', places['the log'], 'paconn.create')
  for where, text in pairs(places) do
    assert(not text:find(secret, 1, true), 'the secret is in ' .. where)
  end
end)

t.finish()
