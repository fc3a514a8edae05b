-- What the user sees and is asked, through the editor's own interfaces. The functions that wait run in a coroutine.
local M = {}

local last ---@type string? what was said last while a question stood

---@param text string
---@param level? integer
function M.say(text, level)
  last = text
  vim.notify('paconn-ls: ' .. text, level or vim.log.levels.INFO, { title = 'paconn-ls' })
end

---Runs a function that may wait.
---@param work fun()
function M.async(work)
  local co = coroutine.create(work)
  local ok, err = coroutine.resume(co)
  if not ok then
    M.say(tostring(err), vim.log.levels.ERROR)
  end
end

---Waits for what start gives to its callback, which may come at once.
---@param start fun(done: fun(...))
function M.await(start)
  local co = assert(coroutine.running())
  local came = false
  start(function(...)
    if came then
      return
    end
    came = true
    local given = vim.F.pack_len(...)
    vim.schedule(function()
      local ok, err = coroutine.resume(co, vim.F.unpack_len(given))
      if not ok then
        M.say(tostring(err), vim.log.levels.ERROR)
      end
    end)
  end)
  return coroutine.yield()
end

---Asks for one of some items; nil when nothing was chosen.
---@generic T
---@param items T[]
---@param prompt string
---@param show? fun(item: T): string
---@return T?
function M.select(items, prompt, show)
  local item = M.await(function(done)
    vim.ui.select(items, { prompt = prompt, format_item = show or tostring, kind = 'paconn-ls' }, done)
  end)
  vim.cmd.redraw()
  return item
end

---Asks for a text; nil when nothing was given.
---@param opts table of vim.ui.input
---@return string?
function M.input(opts)
  local text = M.await(function(done)
    vim.ui.input(opts, done)
  end)
  return text ~= '' and text or nil
end

---Asks for a text that is not shown; nil when nothing was given.
---@param prompt string
---@return string?
function M.secret(prompt)
  local ok, text = pcall(vim.fn.inputsecret, prompt)
  return ok and text ~= '' and text or nil
end

---Puts a text where it can be pasted elsewhere. Without a clipboard that is the register of what was yanked last.
---@param text string
function M.copy(text)
  if vim.fn.has('clipboard') == 1 then
    vim.fn.setreg('+', text)
  else
    vim.fn.setreg('"', text)
  end
end

---The server's question. The code of a sign-in is needed after the answer, so it is copied, and said again.
function M.request(err, params, ctx)
  local code = params.message:match('code ([A-Z0-9-]+)')
  if code then
    M.copy(code)
  end
  last = nil
  local answer = vim.lsp.handlers['window/showMessageRequest'](err, params, ctx)
  vim.cmd.redraw() -- the question is over; else the next message waits for Enter
  if code and type(answer) == 'table' and answer.title == 'Cancel' then
    vim.schedule(require('paconn_ls.commands').cancel)
  elseif last then
    M.say(last) -- the question covered it: the sign-in ended meanwhile
  elseif code then
    M.say(('the code is %s (copied); waiting until it is entered'):format(code))
  end
  return answer
end

local showing -- the autocommand that shows progress

---Shows the progress of the server in the message line, as long as nothing else does.
function M.show_progress()
  if showing or vim.g.paconn_ls_progress == false then
    return
  end
  showing = vim.api.nvim_create_autocmd('LspProgress', {
    group = vim.api.nvim_create_augroup('paconn_ls_progress', {}),
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      local value = (event.data.params or event.data.result or {}).value
      if not client or client.name ~= 'paconn_ls' or type(value) ~= 'table' or value.kind ~= 'report' then
        return
      end
      local percent = value.percentage and (' (%d%%)'):format(value.percentage) or ''
      vim.api.nvim_echo({ { 'paconn-ls: ' .. (value.message or '') .. percent } }, false, {})
    end,
  })
end

return M
