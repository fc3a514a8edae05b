-- The verbs that need no service.
local ask = require('paconn_ls.ask')
local M = {}

local letters = { error = 'E', warning = 'W', information = 'I', hint = 'N' }

---Checks every connector of the working folder, into the quickfix list.
---@param words string[] folders or files
function M.check(words)
  local config = require('paconn_ls').config()
  local line = { config.cmd[1], 'check', '--format', 'json' }
  vim.list_extend(line, #words > 0 and words or { vim.fn.getcwd() })
  local out = ask.await(function(done)
    if not pcall(vim.system, line, { text = true }, done) then
      done()
    end
  end)
  local ok, told = pcall(vim.json.decode, out and out.stdout or '')
  if not ok or type(told) ~= 'table' then
    local why = out and vim.trim(out.stderr) or config.cmd[1] .. ' cannot be started'
    return ask.say(why, vim.log.levels.ERROR)
  end
  local items = {}
  for _, d in ipairs(told.diagnostics) do
    local from = d.range.start
    table.insert(items, {
      filename = d.file,
      lnum = from.line + 1,
      col = from.character + 1,
      type = letters[d.severity],
      text = ('%s [%s]'):format(d.message, d.code),
    })
  end
  vim.fn.setqflist({}, ' ', { title = 'paconn-ls check', items = items })
  local s = told.summary
  ask.say(('%d errors, %d warnings in %d connectors'):format(s.errors, s.warnings, s.connectors))
  if #items > 0 then
    vim.cmd('botright copen')
  end
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
  ask.say('the server is started again')
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
