local t = dofile(vim.env.PACONN_NVIM .. '/test/harness.lua')

---What the program itself finds in a file, in the same words as t.found.
local function checked(dir, name)
  local out = vim.system({ 'paconn-ls', 'check', '--format', 'json', '--severity', 'hint', dir }, { text = true }):wait()
  local found = {}
  for _, d in ipairs(vim.json.decode(out.stdout).diagnostics) do
    if vim.fs.basename(d.file) == name then
      table.insert(found, ('%d:%d %s'):format(d.range.start.line + 1, d.range.start.character + 1, d.code))
    end
  end
  table.sort(found)
  return found
end

t.it('a connector with mistakes shows them at their places', function()
  local dir = t.copy('broken', 'broken')
  local want = checked(dir, 'apiDefinition.swagger.json')
  assert(#want > 3, 'the sample is sound')
  local bufnr = t.open(dir .. '/apiDefinition.swagger.json')
  t.eventually('the diagnostics', function()
    return vim.deep_equal(t.found(bufnr), want)
  end, t.found)
  local d = assert(t.has('ref-unresolved', bufnr))
  local line = vim.api.nvim_buf_get_lines(bufnr, d.lnum, d.lnum + 1, false)[1]
  t.contains('what is underlined', line:sub(d.col + 1, d.end_col), '#/definitions/')
  t.equal('servers', #t.clients(bufnr), 1)
end)

for _, how in ipairs({ 'edit', 'edit!', 'bdelete', 'bwipeout' }) do
  t.it('what is wrong shows again after :' .. how, function()
    local path = t.work .. '/broken/apiDefinition.swagger.json'
    t.open(path)
    vim.cmd(how)
    local bufnr = t.open(path)
    local want = checked(t.work .. '/broken', 'apiDefinition.swagger.json')
    t.eventually('the diagnostics', function()
      return vim.deep_equal(t.found(bufnr), want)
    end, t.found)
  end)
end

local dir = t.copy('pets', 'pets')
local definition = dir .. '/apiDefinition.swagger.json'

t.it('a mistake shows while it is typed and goes with undo, without a save', function()
  local bufnr = t.open(definition)
  vim.fn.search('"operationId": "GetPet"')
  t.keys('f:f"ci"ListPets<Esc>')
  t.eventually('the mistake', function()
    return t.has('operation-id-duplicate', bufnr)
  end, t.found)
  t.keys('u')
  t.eventually('no mistake', function()
    return not t.has('operation-id-duplicate', bufnr)
  end, t.found)
  vim.fn.search('"swagger"')
  t.keys('A {<Esc>')
  t.eventually('broken JSON', function()
    return t.has('json-syntax', bufnr)
  end, t.found)
  t.keys('u')
  t.eventually('sound JSON', function()
    return not t.has('json-syntax', bufnr)
  end, t.found)
  t.contains('the file on disk', t.read(definition), '"operationId": "GetPet"')
end)

t.it('a quick fix by keyboard', function()
  local bufnr = t.open(definition)
  vim.fn.search('"operationId": "GetPet"')
  t.keys('f:f"ci"ListPets<Esc>')
  t.eventually('the mistake', function()
    return t.has('operation-id-duplicate', bufnr)
  end, t.found)
  local d = t.has('operation-id-duplicate', bufnr)
  vim.api.nvim_win_set_cursor(0, { d.lnum + 1, d.col })
  t.asked = {}
  t.answer(function(_, titles)
    return titles[1]
  end)
  if vim.fn.has('nvim-0.11') == 1 then
    t.keys('gra')
  else
    vim.lsp.buf.code_action()
  end
  t.eventually('the fix', function()
    return not t.has('operation-id-duplicate', bufnr) and #t.asked > 0
  end, t.found)
  vim.cmd('edit!')
end)

t.it('hover', function()
  t.open(definition)
  vim.fn.search('"operationId"', 'w')
  t.keys('l')
  local text
  vim.lsp.buf.hover()
  t.eventually('the hover', function()
    for _, win in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(win).relative ~= '' then
        text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), 0, -1, false), '\n')
        vim.api.nvim_win_close(win, true)
        return true
      end
    end
  end)
  t.contains('the hover', text, 'operationId')
end)

t.it('outline', function()
  t.open(definition)
  local outline = ''
  vim.lsp.buf.document_symbol({
    on_list = function(list)
      for _, item in ipairs(list.items) do
        outline = outline .. item.text .. '\n'
      end
    end,
  })
  t.eventually('the outline', function()
    return outline:find('GetPet', 1, true)
  end, function()
    return outline
  end)
end)

t.it('fix-all applies the safe fixes', function()
  local copy = t.copy('broken', 'fixes')
  local bufnr = t.open(copy .. '/apiDefinition.swagger.json')
  t.eventually('the diagnostics', function()
    return #t.found(bufnr) > 3
  end)
  local before, tick = #t.found(bufnr), vim.api.nvim_buf_get_changedtick(bufnr)
  vim.cmd('Paconn fix-all')
  t.eventually('fewer', function()
    return vim.api.nvim_buf_get_changedtick(bufnr) > tick and #t.found(bufnr) < before
  end, t.found)
  vim.cmd('edit!')
end)

t.it('a mistake in another file of the connector shows at its place', function()
  local props = t.open(dir .. '/apiProperties.json')
  t.eventually('nothing', function()
    return #t.clients(props) == 1 and #vim.diagnostic.get(props) == 0
  end, t.found)
  t.open(definition)
  t.equal('servers', #t.clients(), 1)
end)

t.it('plain JSON and the settings.json of others get nothing', function()
  local others = {
    [t.work .. '/plain/package.json'] = '{"name": "x", "name": "y",}',
    [t.work .. '/plain/settings.json'] = '{"editor.fontSize": 12,}',
    [dir .. '/.vscode/settings.json'] = '{"editor.fontSize": 12,}',
    [dir .. '/package.json'] = '{"name": "x",}',
    [t.work .. '/plain/petstore.swagger.json'] = '{"swagger": "2.0",}',
  }
  for path, text in pairs(others) do
    t.write(path, text)
    local bufnr = t.edit(path)
    assert(vim.bo[bufnr].filetype:match('^json'), path .. ' is ' .. vim.bo[bufnr].filetype)
  end
  t.open(t.copy('pets', 'after') .. '/apiDefinition.swagger.json') -- once it is served the others would be too
  for path in pairs(others) do
    t.equal('servers of ' .. path, #t.clients(vim.fn.bufnr(path)), 0)
    t.equal('diagnostics of ' .. path, t.found(vim.fn.bufnr(path)), {})
  end
end)

t.it('what belongs to a connector under another name is served', function()
  local odd = t.copy('pets', 'odd')
  assert(vim.uv.fs_rename(odd .. '/apiDefinition.swagger.json', odd .. '/ApiDefination.swagger.json'))
  t.write(t.work .. '/far/settings.json', '{"apiDefinition": "swagger/pets.json", "apiProperties": "p.json"}')
  for _, path in ipairs({ odd .. '/ApiDefination.swagger.json', odd .. '/script.csx', odd .. '/settings.json', t.work .. '/far/settings.json' }) do
    local bufnr = t.open(path)
    t.equal('servers of ' .. path, #t.clients(bufnr), 1)
  end
end)

t.it('two roots have one server, and each its own mistakes', function()
  local one, two = t.copy('pets', 'one'), t.copy('broken', 'two')
  local a = t.open(one .. '/apiDefinition.swagger.json')
  local b = t.open(two .. '/apiDefinition.swagger.json')
  local want = checked(two, 'apiDefinition.swagger.json')
  t.eventually('the diagnostics of the second', function()
    return vim.deep_equal(t.found(b), want)
  end, function()
    return t.found(b)
  end)
  t.equal('the first', t.found(a), {})
  t.equal('servers', #t.clients(), 1)
  local names = vim.tbl_map(function(f)
    return f.name
  end, t.clients()[1].workspace_folders)
  assert(vim.tbl_contains(names, one) and vim.tbl_contains(names, two), vim.inspect(names))
end)

t.it('check puts the whole folder into the quickfix list', function()
  vim.cmd.cd(t.work .. '/two')
  t.said = {}
  vim.cmd('Paconn check')
  t.eventually('the list', function()
    return t.heard('errors')
  end)
  local item = vim.fn.getqflist()[1]
  assert(item and item.lnum > 0 and item.text:match('%[[%w-]+%]$'), vim.inspect(item))
  vim.cmd('cclose')
end)

t.it('a server that is killed comes back, and its diagnostics with it', function()
  local bufnr = t.open(t.work .. '/two/apiDefinition.swagger.json')
  local want = t.found(bufnr)
  local id = t.clients(bufnr)[1].id
  for _, pid in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do
    vim.uv.kill(pid, 'sigkill')
  end
  t.eventually('another server', function()
    local c = t.clients(bufnr)[1]
    return c and c.id ~= id and c.initialized
  end)
  t.eventually('the diagnostics', function()
    return vim.deep_equal(t.found(bufnr), want)
  end, t.found)
  assert(t.heard('it is started again'))
end)

t.it('restart', function()
  local bufnr = t.open(t.work .. '/two/apiDefinition.swagger.json')
  local want, id = t.found(bufnr), t.clients(bufnr)[1].id
  vim.cmd('Paconn restart')
  t.eventually('another server', function()
    local c = t.clients(bufnr)[1]
    return c and c.id ~= id and c.initialized and vim.deep_equal(t.found(bufnr), want)
  end, t.found)
  t.equal('servers', #t.clients(), 1)
end)

for what, force in pairs({ ['asked to'] = false, ['told to, at once'] = true }) do
  t.it('a server that ends because it was ' .. what .. ' stays away', function()
    local bufnr = t.open(t.work .. '/two/apiDefinition.swagger.json')
    local client = t.clients(bufnr)[1]
    t.said = {}
    if vim.fn.has('nvim-0.11') == 1 then
      client:stop(force)
    else
      client.stop(force)
    end
    t.eventually('its end', function()
      return not vim.lsp.get_client_by_id(client.id)
    end)
    local passed -- what was due when it ended, which is when it would be started again
    vim.schedule(function()
      vim.schedule(function()
        passed = true
      end)
    end)
    t.eventually('the time after it', function()
      return passed
    end)
    t.equal('servers', #t.clients(), 0)
    t.equal('what is said', t.heard('started again'), nil)
    vim.cmd('Paconn restart')
    t.eventually('another server', function()
      local c = t.clients(bufnr)[1]
      return c and c.initialized and #t.found(bufnr) > 0
    end)
  end)
end

t.it('checkhealth', function()
  vim.cmd('checkhealth paconn_ls')
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  for _, part in ipairs({ 'Neovim 0.1', 'it is enabled', 'it runs, for', 'bin/paconn-ls' }) do
    t.contains('checkhealth', text, part)
  end
  assert(not text:match('ERROR'), text)
end)

t.it('checkhealth warns of a JSON server that tells the same', function()
  t.open(definition)
  vim.lsp.start({
    name = 'jsonls',
    cmd = function()
      return {
        request = function(_, _, done)
          done(nil, { capabilities = {} })
          return true, 1
        end,
        notify = function()
          return true
        end,
        is_closing = function()
          return false
        end,
        terminate = function() end,
      }
    end,
  })
  t.eventually('the other server', function()
    return #vim.lsp.get_clients({ name = 'jsonls', bufnr = 0 }) == 1
  end)
  vim.cmd('checkhealth paconn_ls')
  t.contains('checkhealth', table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'), 'so that they show twice')
end)

t.it('help', function()
  vim.cmd.helptags(vim.env.PACONN_NVIM .. '/doc')
  vim.cmd.help('paconn-ls')
  t.contains('help', vim.api.nvim_buf_get_name(0), 'paconn-ls.txt')
  vim.cmd.help(':Paconn')
end)

t.finish()
