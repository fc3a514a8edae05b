-- A few lines to test with: scenarios run one after the other in one editor, as a user would do them. The first that
-- fails ends the run with exit code 1.
local M = {}

M.work = vim.env.PACONN_WORK -- a folder of this run
M.samples = vim.env.PACONN_SAMPLES

local scenario = 'before the first'
local count = 0

local function fail(err)
  io.stderr:write(('FAIL %s: %s\n'):format(scenario, err))
  io.stderr:write('messages:\n' .. vim.fn.execute('messages') .. '\n')
  vim.cmd('cquit 1')
end

---Waits until something holds; a scenario fails when it does not come. The time is what only a defect takes.
function M.eventually(what, holds, describe)
  local ok = vim.wait(20000, function()
    return holds() and true or false
  end, 10)
  if not ok then
    error(('%s: it does not come%s'):format(what, describe and ', there is ' .. vim.inspect(describe()) or ''), 2)
  end
end

function M.equal(what, got, want)
  if not vim.deep_equal(got, want) then
    error(('%s: got %s, want %s'):format(what, vim.inspect(got), vim.inspect(want)), 2)
  end
end

function M.contains(what, text, part)
  if not tostring(text):find(part, 1, true) then
    error(('%s: %q has no %q'):format(what, text, part), 2)
  end
end

function M.it(name, body)
  scenario = name
  local ok, err = xpcall(body, debug.traceback)
  if not ok then
    fail(err)
  end
  count = count + 1
  io.stdout:write('ok ' .. name .. '\n')
end

function M.finish()
  io.stdout:write(('%d scenarios in Neovim %s\n'):format(count, tostring(vim.version())))
  -- Servers are ended first: a Neovim that is about to exit dies of SIGPIPE when one is gone before its last message.
  for _, client in ipairs(M.clients()) do
    if vim.fn.has('nvim-0.11') == 1 then
      client:stop()
    else
      client.stop()
    end
  end
  M.eventually('the end of the servers', function()
    return #M.clients() == 0
  end)
  vim.cmd('qall!')
end

---Copies a sample into the folder of this run.
function M.copy(sample, to)
  local from, dir = vim.fs.joinpath(M.samples, sample), vim.fs.joinpath(M.work, to)
  vim.fn.mkdir(dir, 'p')
  for name in vim.fs.dir(from) do
    assert(vim.uv.fs_copyfile(vim.fs.joinpath(from, name), vim.fs.joinpath(dir, name)))
  end
  return dir
end

---A copy of the sample "pets" whose connections sign in with OAuth 2.0.
function M.oauth(to)
  local dir = M.copy('pets', to)
  assert(vim.uv.fs_unlink(dir .. '/settings.json'))
  local properties = vim.json.decode(M.read(dir .. '/apiProperties.json'))
  properties.properties.connectionParameters = {
    token = {
      type = 'oauthSetting',
      oAuthSettings = {
        identityProvider = 'oauth2',
        clientId = 'client',
        scopes = { 'read' },
        redirectMode = 'Global',
        redirectUrl = 'https://global.consent.azure-apim.net/redirect',
        customParameters = {
          authorizationUrl = { value = 'https://shop.example/authorize' },
          tokenUrl = { value = 'https://shop.example/token' },
          refreshUrl = { value = 'https://shop.example/token' },
        },
        properties = { IsFirstParty = 'False' },
      },
    },
  }
  M.write(dir .. '/apiProperties.json', vim.json.encode(properties))
  return dir
end

function M.write(path, text)
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  vim.fn.writefile(vim.split(text, '\n'), path, 'b')
end

function M.read(path)
  return table.concat(vim.fn.readfile(path, 'b'), '\n')
end

---What Neovim keeps of this session in its shada file: histories, registers, marks.
function M.kept()
  local path = M.work .. '/kept.shada'
  vim.o.shada, vim.o.shadafile = "!,'100,<50,s10,h", path
  vim.cmd('wshada!')
  return M.read(path)
end

---Presses keys as a user does, and waits until they are worked off.
function M.keys(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'tx', false) -- as if typed: it gets into histories
end

function M.edit(path)
  vim.cmd.edit(vim.fn.fnameescape(path))
  return vim.api.nvim_get_current_buf()
end

---Opens a file of a connector and waits for the server.
function M.open(path)
  local bufnr = M.edit(path)
  M.eventually('the server of ' .. path, function()
    local client = M.clients(bufnr)[1]
    return client and client.initialized
  end)
  return bufnr
end

---The diagnostics of a buffer as "line:column code", from one, in order.
function M.found(bufnr)
  local out = {}
  for _, d in ipairs(vim.diagnostic.get(bufnr or 0)) do
    table.insert(out, ('%d:%d %s'):format(d.lnum + 1, d.col + 1, d.code))
  end
  table.sort(out)
  return out
end

function M.has(code, bufnr)
  for _, d in ipairs(vim.diagnostic.get(bufnr or 0)) do
    if d.code == code then
      return d
    end
  end
end

function M.clients(bufnr)
  return vim.lsp.get_clients({ name = 'paconn_ls', bufnr = bufnr })
end

---Puts an answer, or a function that gives it, in the place of the user. It returns what was asked.
M.asked = {}
function M.answer(choose)
  vim.ui.select = function(items, opts, done)
    local titles = {}
    for i, item in ipairs(items) do
      titles[i] = (opts.format_item or tostring)(item)
    end
    table.insert(M.asked, { prompt = opts.prompt, titles = titles })
    local picked = choose(opts.prompt, titles)
    for i, title in ipairs(titles) do
      if picked and title:find(picked, 1, true) then
        return done(items[i], i)
      end
    end
    done(nil, nil)
  end
end

---What was told through vim.notify.
M.said = {}
vim.notify = function(text, level)
  table.insert(M.said, { text = text, level = level })
end

function M.heard(part)
  for _, s in ipairs(M.said) do
    if s.text:find(part, 1, true) then
      return s.text
    end
  end
end

---Runs :Paconn and waits for a message with some words.
function M.paconn(line, said)
  M.said, M.asked = {}, {}
  vim.cmd('Paconn ' .. line)
  M.eventually(line .. ' to say ' .. said, function()
    return M.heard(said)
  end, function()
    return { said = M.said, asked = M.asked }
  end)
end

---Replaces a text of the current buffer and writes it.
function M.change(from, to)
  vim.cmd(('silent %%s/%s/%s/ | silent write'):format(vim.fn.escape(from, '/\\[]*.'), vim.fn.escape(to, '/\\&')))
end

return M
