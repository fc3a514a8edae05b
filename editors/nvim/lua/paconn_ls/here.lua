-- The verbs that need no service.
local ask = require('paconn_ls.ask')
local M = {}

local letters = { error = 'E', warning = 'W', information = 'I', hint = 'N' }

---The diagnostics of a check as entries of the quickfix list, whose columns are bytes.
---@param diagnostics table[]
---@return table[]
local function items_of(diagnostics)
  local locations = vim.tbl_map(function(d)
    return { uri = vim.uri_from_fname(vim.fn.fnamemodify(d.file, ':p')), range = d.range, of = d }
  end, diagnostics)
  local items = vim.lsp.util.locations_to_items(locations, 'utf-16')
  for _, item in ipairs(items) do
    local d = item.user_data.of
    item.text, item.type, item.user_data = ('%s [%s]'):format(d.message, d.code), letters[d.severity], nil
  end
  return items
end

local function counted(n, thing)
  return ('%d %s%s'):format(n, thing, n == 1 and '' or 's')
end

---Checks every connector of the working folder, into the quickfix list.
---@param words string[] folders or files
function M.check(words)
  local config = require('paconn_ls').config()
  local program = type(config.cmd) == 'table' and config.cmd[1] or 'paconn-ls'
  local line = { program, 'check', '--format', 'json' }
  for _, word in ipairs(#words > 0 and words or { vim.fn.getcwd() }) do
    table.insert(line, vim.fn.fnamemodify(word, ':p'))
  end
  local out = ask.await(function(done)
    if not pcall(vim.system, line, { text = true }, done) then
      done()
    end
  end)
  local ok, told = pcall(vim.json.decode, out and out.stdout or '')
  if not ok or type(told) ~= 'table' then
    local why = out and vim.trim(out.stderr) or program .. ' cannot be started; :checkhealth paconn_ls says more'
    return ask.say(why, vim.log.levels.ERROR)
  end
  local items = items_of(told.diagnostics)
  vim.fn.setqflist({}, ' ', { title = 'paconn-ls check', items = items })
  if #items > 0 then
    vim.cmd('botright copen')
  end
  local s = told.summary
  ask.say(('%s and %s in %s'):format(counted(s.errors, 'error'), counted(s.warnings, 'warning'), counted(s.connectors, 'connector')))
end

---Applies the fixes of the current file that keep what the connector means.
M['fix-all'] = function()
  vim.lsp.buf.code_action({ context = { only = { 'source.fixAll.paconn' }, diagnostics = {} }, apply = true })
end

---Starts the server again.
function M.restart()
  ask.await(function(done)
    require('paconn_ls.client').restart(done)
  end)
  if #vim.lsp.get_clients({ name = 'paconn_ls' }) > 0 then
    ask.say('the server is started again')
  elseif not require('paconn_ls.client').missing() then
    ask.say('the server is started with the next file of a connector')
  end
end

---Cancels what runs, a sign-in that waits for its code for instance.
function M.cancel()
  if require('paconn_ls.commands').cancel() == 0 then
    ask.say('nothing runs')
  end
end

---Opens what servers say of themselves.
function M.log()
  local path = vim.lsp.log.get_filename and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
  vim.cmd.tabedit(vim.fn.fnameescape(path))
end

return M
