local t = dofile(vim.env.PACONN_NVIM .. '/test/harness.lua')

local development = '33333333-dddd-4eee-8fff-444444444444'
local dir = t.copy('pets', 'pets')
local definition, settings = dir .. '/apiDefinition.swagger.json', dir .. '/settings.json'
assert(vim.uv.fs_unlink(settings))

local paconn, change = t.paconn, t.change

local function asked(part)
  for _, q in ipairs(t.asked) do
    if q.prompt:find(part, 1, true) then
      return q
    end
  end
end

t.it('without a sign-in a command offers to sign in', function()
  t.answer(function() end)
  t.said, t.asked = {}, {}
  vim.cmd('Paconn list environments')
  t.eventually('the offer', function()
    return #t.asked > 0
  end)
  t.equal('the offer', t.asked[1].titles, { 'Sign in', 'Not now' })
end)

t.it('login by device code shows the code, copies it and opens the page', function()
  local opened, copied
  vim.ui.open = function(address)
    opened = address
    return {
      wait = function()
        return { code = 0 }
      end,
    }
  end
  local ask = require('paconn_ls.ask')
  local copy = ask.copy
  ask.copy = function(text)
    copied = text
    copy(text)
  end
  t.answer(function(prompt)
    return prompt:find('/device', 1, true) and 'Open the page'
  end)
  paconn('login means=device-code', 'signed in as')
  t.eventually('the page', function()
    return opened
  end)
  t.contains('the page', opened, '/device')
  t.contains('what was asked', t.asked[1].prompt, copied)
  t.contains('what is said after the question', t.heard('the code is'), copied)
  t.equal('the register', vim.fn.getreg('"'), copied)
end)

t.it('status and lists', function()
  paconn('status', 'by device-code')
  vim.cmd('redir => g:listed | silent Paconn list environments')
  t.eventually('the list', function()
    return vim.fn.execute('messages'):find(development, 1, true)
  end, function()
    return vim.fn.execute('messages')
  end)
  vim.cmd('redir END')
end)

t.it('completion of verbs, arguments, environments and connectors', function()
  local function complete(line)
    return vim.fn.getcompletion('Paconn ' .. line, 'cmdline')
  end
  for _, verb in ipairs({ 'cancel', 'check', 'create', 'download', 'fix-all', 'list', 'log', 'login', 'logout', 'restart', 'status', 'update', 'validate' }) do
    assert(vim.tbl_contains(complete(''), verb), verb)
  end
  t.equal('verbs', complete('val'), { 'validate' })
  t.equal('arguments', complete('create env'), { 'environment=' })
  t.equal('means', complete('login means=d'), { 'means=device-code' })
  t.equal('environments', complete('create environment=3'), { 'environment=' .. development })
  t.equal('what to list', complete('list c'), { 'connectors', 'clouds' })
  t.equal('clouds', complete('login cloud=sand'), { 'cloud=sandbox' })
end)

t.it('create asks for the environment and leaves a settings.json', function()
  t.open(definition)
  t.answer(function(prompt)
    return prompt:lower():find('environment', 1, true) and 'Development' or 'Yes'
  end)
  paconn('create', 'created ')
  assert(asked('nvironment'), vim.inspect(t.asked))
  t.contains('what is told with it', t.heard('created '), 'stackOwner') -- a note of the server
  t.contains('settings.json', t.read(settings), 'shared_')
  t.contains('settings.json', t.read(settings), development)
end)

t.it('an update of nothing says so', function()
  t.open(definition)
  paconn('update', 'nothing would change')
end)

t.it('an update shows what would change before it sends', function()
  t.open(definition)
  change('"version": "1', '"version": "9')
  local seen
  local texts = {}
  t.answer(function(prompt)
    if prompt:find('1 change', 1, true) then
      seen = {}
      for _, win in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
        local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), 0, -1, false), '\n')
        table.insert(texts, text .. '\n')
        table.insert(seen, { diff = vim.wo[win].diff, new = text:find('"version": "9', 1, true) ~= nil, at = vim.wo[win].winbar })
      end
      return 'Cancel'
    end
  end)
  t.said, t.asked = {}, {}
  vim.cmd('Paconn update')
  t.eventually('the question', function()
    return seen
  end)
  t.equal('the diff', seen, { { diff = true, new = false, at = 'deployed' }, { diff = true, new = true, at = 'would be sent' } })
  t.equal('the lines that differ', #vim.diff(texts[1], texts[2], { result_type = 'indices' }), 1)
  t.eventually('the end of the review', function()
    return #vim.api.nvim_list_tabpages() == 1
  end)
  t.equal('what was sent', t.heard('updated'), nil)
  t.answer(function()
    return 'Send the update'
  end)
  paconn('update', 'updated ')
  t.eventually('the end of the review', function()
    return #vim.api.nvim_list_tabpages() == 1
  end)
  t.open(definition)
  paconn('update', 'nothing would change')
end)

t.it('a text that is not saved is not sent', function()
  t.open(definition)
  vim.fn.search('"version"')
  t.keys('A <Esc>')
  paconn('update', 'save it first')
  t.keys('u')
  vim.cmd('silent edit!')
end)

t.it('progress is shown', function()
  local seen = {}
  local id = vim.api.nvim_create_autocmd('LspProgress', {
    callback = function(event)
      table.insert(seen, event.data.params.value.kind)
    end,
  })
  t.open(definition)
  paconn('validate', 'the service finds nothing wrong')
  t.eventually('the progress', function()
    return vim.tbl_contains(seen, 'begin') and vim.tbl_contains(seen, 'end')
  end)
  vim.api.nvim_del_autocmd(id)
end)

t.it('what the service finds is shown at its place, until the text is another', function()
  local bufnr = t.open(definition)
  change('"operationId": "GetPet"', '"operationId": "ListPets"')
  paconn('validate', 'the service refuses the definition')
  local function theirs()
    return vim.tbl_filter(function(d)
      return d.source == 'paconn service'
    end, vim.diagnostic.get(bufnr))
  end
  t.eventually('the finding', function()
    return #theirs() == 1
  end, t.found)
  t.contains('its line', vim.api.nvim_buf_get_lines(bufnr, theirs()[1].lnum, theirs()[1].lnum + 1, false)[1], 'ListPets')
  t.keys('u')
  t.eventually('no finding', function()
    return #theirs() == 0
  end, t.found)
  vim.cmd('silent write')
end)

t.it('download over the connector asks before it overwrites', function()
  t.open(definition)
  change('"version": "9', '"version": "5')
  t.answer(function()
    return 'No'
  end)
  paconn('download', 'nothing was overwritten')
  t.contains('the file', t.read(definition), '"version": "5')
  t.answer(function()
    return 'Yes'
  end)
  paconn('download', 'downloaded shared_')
  t.contains('the file', t.read(definition), '"version": "9')
  t.eventually('the buffer', function()
    return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'):find('"version": "9', 1, true)
  end)
end)

t.it('download into a new folder asks for environment, connector and folder, and opens it', function()
  vim.cmd('silent enew')
  vim.cmd.cd(t.work)
  require('paconn_ls.complete').forget()
  local folder
  vim.ui.input = function(opts, done)
    folder = opts.default
    done(t.work .. '/copy')
  end
  t.answer(function(prompt)
    return prompt:lower():find('environment', 1, true) and 'Development' or 'pets'
  end)
  paconn('download', 'downloaded shared_')
  t.contains('the folder that is proposed', folder, t.work)
  t.eventually('the file', function()
    return vim.api.nvim_buf_get_name(0):find('/copy/apiDefinition.swagger.json', 1, true)
  end)
  t.contains('the file', t.read(t.work .. '/copy/apiDefinition.swagger.json'), '"version": "9')
end)

t.it('an error of the service has its code and its request', function()
  t.open(definition)
  paconn('list connectors environment=11111111-0000-4000-8000-000000000000', 'could not')
  local text = t.heard('could not')
  assert(text:match('%(request [%w-]+%)'), text)
end)

t.it('mistakes of the user are told', function()
  paconn('nonsense', 'there is no verb')
  paconn('update nonsense=1', 'knows no argument')
end)

t.it('logout', function()
  paconn('logout', 'signed out 1 account')
  paconn('status', 'nobody is signed in')
end)

t.finish()
