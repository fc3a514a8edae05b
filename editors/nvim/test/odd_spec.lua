-- What is odd about a file, a configuration or a command, and must not matter, or must be told in words.
local t = dofile(vim.env.PACONN_NVIM .. '/test/harness.lua')
vim.cmd.cd(t.work)
local new = vim.fn.has('nvim-0.11') == 1

---Changes the configuration of the server and starts it again.
local function configure(opts)
  require('paconn_ls').setup(opts)
  local before = t.clients()[1]
  t.said = {}
  vim.cmd('Paconn restart')
  t.eventually('the end of the server before', function()
    return not vim.lsp.get_client_by_id(before.id)
  end)
end

---Nothing that a person should not see: no stack, no error of Neovim's own.
local function clean()
  local messages = vim.fn.execute('messages')
  for _, ugly in ipairs({ 'E5108', 'stack traceback', '%.lua:%d+:' }) do
    assert(not messages:find(ugly), messages)
    for _, s in ipairs(t.said) do
      assert(not s.text:find(ugly), s.text)
    end
  end
end

local function kill_server()
  for _, pid in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do
    vim.uv.kill(pid, 'sigkill')
  end
end

local definition = t.copy('broken', 'broken') .. '/apiDefinition.swagger.json'
local want

t.it('any name of a folder', function()
  want = t.found(t.open(definition))
  t.eventually('the diagnostics', function()
    want = t.found()
    return #want > 3
  end)
  for _, name in ipairs({ 'with space', "quo'te", 'dou"ble', 'Größe 测试 🐾', 'a#b%c', '[pets]', '$HOME', 'x`ls`', 'a,b' }) do
    local dir = t.copy('broken', name)
    local bufnr = t.open(dir .. '/apiDefinition.swagger.json')
    t.eventually('the diagnostics in ' .. name, function()
      return vim.deep_equal(t.found(bufnr), want)
    end, t.found)
    t.said = {}
    vim.cmd('Paconn check ' .. name:gsub(' ', '\\ '))
    t.eventually('the check of ' .. name, function()
      return t.heard('errors')
    end, function()
      return t.said
    end)
    local item = vim.fn.getqflist()[1]
    t.equal('where the list leads', vim.fs.basename(vim.fs.dirname(vim.api.nvim_buf_get_name(item.bufnr))), name)
    vim.cmd('cclose')
  end
  clean()
end)

t.it('columns after characters of several bytes', function()
  local dir = t.copy('broken', 'wide')
  local path = dir .. '/apiDefinition.swagger.json'
  t.write(path, (t.read(path):gsub('"x%-ms%-visibility": "advance"', '"x-ms-summary2": "Zustände 🐾", "x-ms-visibility": "advance"')))
  local bufnr = t.open(path)
  local place = vim.fn.searchpos([["advance"]], 'w')
  t.eventually('the mistake', function()
    return vim.tbl_contains(t.found(bufnr), ('%d:%d invalid-value'):format(place[1], place[2]))
  end, t.found)
  vim.cmd('Paconn check wide')
  t.eventually('the list', function()
    return vim.iter(vim.fn.getqflist()):any(function(item)
      return item.lnum == place[1] and item.col == place[2]
    end)
  end, vim.fn.getqflist)
  vim.cmd('cclose')
end)

t.it('filetype jsonc, autochdir, a folder that is shown', function()
  vim.o.autochdir = true
  local bufnr = t.edit(t.copy('broken', 'comments') .. '/apiDefinition.swagger.json')
  vim.bo[bufnr].filetype = 'jsonc'
  t.eventually('the diagnostics', function()
    return vim.deep_equal(t.found(bufnr), want)
  end, t.found)
  t.edit(t.work .. '/comments')
  t.equal('servers of a folder', #t.clients(vim.api.nvim_get_current_buf()), 0)
  t.said = {}
  vim.cmd('Paconn check')
  t.eventually('the check', function()
    return t.heard('errors')
  end)
  vim.cmd('cclose')
  vim.o.autochdir = false
  vim.cmd.cd(t.work)
  clean()
end)

t.it('a buffer that goes while its diagnostics are on their way', function()
  for _ = 1, 10 do
    vim.cmd('bwipeout! ' .. t.edit(definition))
  end
  t.open(definition)
  t.eventually('the diagnostics', function()
    return vim.deep_equal(t.found(), want)
  end, t.found)
  clean()
end)

t.it('a new file, with a name only', function()
  local bufnr = t.open(t.work .. '/not/there/apiDefinition.swagger.json')
  t.keys('i{"swagger": "2.0",}<Esc>')
  t.eventually('its mistake', function()
    return t.has('json-syntax', bufnr)
  end, t.found)
  vim.cmd('bwipeout!')
  clean()
end)

t.it('what differs shows in the other file, at its place', function()
  local dir = t.copy('pets', 'both')
  local props = t.open(dir .. '/apiProperties.json')
  t.open(dir .. '/apiDefinition.swagger.json')
  vim.fn.search('"operationId": "ListPets"', 'w')
  t.keys('f:f"ci"ListAnimals<Esc>')
  t.eventually('the mistake', function()
    return t.has('policy-operation-unknown', props)
  end, function()
    return t.found(props)
  end)
  local d = t.has('policy-operation-unknown', props)
  t.contains('its place', vim.api.nvim_buf_get_lines(props, d.lnum, d.lnum + 1, false)[1]:sub(d.col + 1, d.end_col), 'ListPets')
  t.keys('u')
  t.eventually('no mistake', function()
    return not t.has('policy-operation-unknown', props)
  end)
end)

t.it('settings, and a client that was configured for all servers', function()
  if new then
    vim.lsp.config('*', { root_markers = { '.git' }, capabilities = { workspace = { didChangeWatchedFiles = { dynamicRegistration = true } } } })
  end
  t.open(definition)
  configure({ settings = { paconn = { rules = { ['ref-unresolved'] = 'off' } } } })
  t.eventually('one rule less', function()
    return #t.found() > 0 and #t.found() < #want and not t.has('ref-unresolved')
  end, t.found)
  configure({ settings = { paconn = { rules = { ['ref-unresolved'] = 'error' } } } })
  t.eventually('all rules', function()
    return vim.deep_equal(t.found(), want)
  end, t.found)
  t.equal('servers', #t.clients(), 1)
  clean()
end)

t.it('wrong words are told, and secrets among them are forgotten', function()
  local wrong = {
    ['nonsense'] = 'there is no verb "nonsense"',
    ['update nonsense=1'] = 'update knows no argument "nonsense"',
    ['update dryRun=yes'] = 'dryRun is true or false, not "yes"',
    ['update environment'] = 'environment needs a value: environment=…',
    ['update environment='] = 'environment needs a value: environment=…',
    ['update ='] = 'update knows no argument',
    ['check /not/there'] = '/not/there',
    ['cancel'] = 'nothing runs',
    ['list nonsense'] = 'nonsense',
    ['status'] = 'nobody is signed in',
    ['create secret=S3cretTyped'] = 'create asks for a secret where it needs one',
  }
  for line, told in pairs(wrong) do
    t.said = {}
    t.keys(':Paconn ' .. line .. '<CR>')
    t.eventually(line .. ' to say ' .. told, function()
      return t.heard(told)
    end, function()
      return t.said
    end)
    clean()
  end
  assert(not vim.fn.execute('history cmd'):find('S3cretTyped', 1, true), vim.fn.execute('history cmd'))
  local kept = t.kept()
  t.contains('what is kept of the session', kept, 'Paconn status')
  assert(not kept:find('S3cretTyped', 1, true), 'the secret is in what is kept of the session')
end)

t.it('completion of paths, of abbreviations, and of what is no verb', function()
  local function complete(line)
    return vim.fn.getcompletion(line, 'cmdline')
  end
  t.equal('abbreviated', complete('Paco upd'), { 'update' })
  t.equal('after a modifier', complete('silent Paconn! upd'), { 'update' })
  t.equal('no verb', complete('Paconn nonsense x'), {})
  t.equal('a folder with a space', complete('Paconn check with'), { 'with\\ space/' })
  t.equal('as an argument', complete('Paconn download dest=with\\ s'), { 'dest=with\\ space/' })
end)

t.it('without a verb it asks for one, and nothing is an answer', function()
  t.asked, t.said = {}, {}
  t.answer(function() end)
  vim.cmd('Paconn')
  t.eventually('the question', function()
    return #t.asked == 1
  end)
  assert(vim.tbl_contains(t.asked[1].titles, 'update'), vim.inspect(t.asked))
  t.equal('what is said', t.said, {})
end)

t.it('a menu that fails is told without a stack', function()
  vim.ui.select = function()
    error('the menu is broken')
  end
  t.said = {}
  vim.cmd('Paconn')
  t.eventually('that', function()
    return t.heard('the menu is broken')
  end)
  assert(not t.heard('traceback'), vim.inspect(t.said))
end)

t.it('a server that ends again and again is left alone, until a restart', function()
  t.open(definition)
  t.said = {}
  for n = 1, 4 do
    t.eventually('server ' .. n, function()
      local c = t.clients(0)[1]
      return c and c.initialized and #t.found() > 0
    end)
    local id = t.clients(0)[1].id
    kill_server()
    t.eventually('the end of server ' .. n, function()
      return not vim.lsp.get_client_by_id(id)
    end)
  end
  t.eventually('that it is given up', function()
    return t.heard('the server ended four times within three minutes')
  end, function()
    return t.said
  end)
  t.equal('servers', #t.clients(), 0)
  vim.cmd('Paconn restart')
  t.eventually('the diagnostics', function()
    return vim.deep_equal(t.found(), want)
  end, t.found)
  clean()
end)

t.it('a program that is missing is told once, with the way out', function()
  configure({ cmd = { 'no-such-program', 'serve' } })
  t.eventually('that', function()
    return t.heard('the program no-such-program is not there')
  end, function()
    return t.said
  end)
  for _, word in ipairs({ 'PATH', 'cmd = ', new and 'vim.lsp.config' or 'setup' }) do
    t.contains('the way out', t.heard('no-such-program'), word)
  end
  t.said = {}
  vim.cmd('bwipeout')
  t.edit(definition)
  t.equal('what is said again', t.heard('not there'), nil)
  for _, line in ipairs({ 'status', 'check' }) do
    t.said = {}
    vim.cmd('Paconn ' .. line)
    t.eventually(line .. ' to tell', function()
      return t.heard('no-such-program')
    end)
  end
  vim.cmd('checkhealth paconn_ls')
  local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  t.contains('checkhealth', health, 'no-such-program is not there')
  clean()
end)

---What another Neovim tells a person who opens a connector with an init.lua and types some commands.
local function newcomer(init, ...)
  local folder = t.work .. '/newcomer'
  t.write(folder .. '/init.lua', init)
  local line = { vim.v.progpath, '--headless', '--clean', '-u', folder .. '/init.lua', definition }
  for _, command in ipairs({ ... }) do
    vim.list_extend(line, { '-c', command, '-c', 'sleep 100m' })
  end
  vim.list_extend(line, { '-c', 'sleep 100m | qall!' })
  local out = vim.system(line, { text = true, env = { PACONN_LS_TEST = '1' } }):wait(20000)
  return out.stdout .. out.stderr
end

local enable = new and "vim.lsp.enable('paconn_ls')" or "require('paconn_ls').setup()"
local add = "vim.opt.swapfile = false vim.opt.rtp:append(vim.env.PACONN_NVIM)\n"

t.it('errors are told without a stack, whatever was under way', function()
  for what, case in pairs({
    ['a missing program'] = { "vim.env.PATH = '/nowhere'\n" .. add .. enable, {}, 'the program paconn-ls is not there' },
    ['a verb without its program'] = { "vim.env.PATH = '/nowhere'\n" .. add, { 'Paconn status' }, 'the program paconn-ls is not there' },
    ['a check without its program'] = { "vim.env.PATH = '/nowhere'\n" .. add, { 'Paconn check' }, 'paconn-ls cannot be started' },
    ['a wrong verb'] = { add .. enable, { 'Paconn nonsense' }, 'there is no verb' },
    ['a wrong argument'] = { add .. enable, { 'Paconn update nonsense=1' }, 'knows no argument' },
  }) do
    local said = newcomer(case[1], unpack(case[2]))
    t.contains(what, said, case[3])
    for _, ugly in ipairs({ 'traceback', 'E5108', 'Lua callback' }) do
      assert(not said:find(ugly), what .. ': ' .. said)
    end
    t.equal(what .. ': how often it is told', select(2, said:gsub(vim.pesc(case[3]), '')), 1)
  end
end)

t.finish()
