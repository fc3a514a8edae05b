-- What the user sees and is asked, through the editor's own interfaces. The functions that wait run in a coroutine.
local M = {}

local last ---@type string? what was said last while a question stood
local shown = false -- whether the message line shows progress

---Says something, a moment later: an error that is told while an autocommand or a command runs would end it with a stack.
---@param text string
---@param level? integer
function M.say(text, level)
  last = text
  vim.schedule(function()
    shown = false
    vim.notify('paconn-ls: ' .. text, level or vim.log.levels.INFO, { title = 'paconn-ls' })
  end)
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

---Puts a text where it can be pasted elsewhere. Without a clipboard, or with one that fails, that is the register of what
---was yanked last.
---@param text string
function M.copy(text)
  vim.fn.setreg('"', text)
  if vim.fn.has('clipboard') == 1 then
    local call = ("setreg('+', %s)"):format(vim.fn.string(text))
    pcall(vim.cmd.call, { args = { call }, mods = { silent = true, emsg_silent = true } })
  end
end

---The server's question. The code of a sign-in is needed after the answer, so it is copied, and said again with the page,
---which not every machine can open.
function M.request(_, params)
  local code = params.message:match('code ([A-Z0-9-]+)')
  if code then
    M.copy(code)
  end
  last = nil
  local prompt = params.message:gsub('%.$', ':') .. ' '
  local answer = M.select(params.actions or {}, prompt, function(action)
    return action.title
  end)
  if code and answer and answer.title == 'Cancel' then
    vim.schedule(require('paconn_ls.commands').cancel)
  elseif last then
    M.say(last) -- the question covered it: the sign-in ended meanwhile
  elseif code then
    local page = params.message:match('https?://%S+') or 'the page'
    M.say(('the code is %s (copied); it waits for you at %s'):format(code, page))
  end
  return answer or vim.NIL
end

local showing -- the autocommand that shows progress

---Shows a text in the message line, cut where the line ends: what is longer would wait for Enter. Nothing is shown while
---something is typed there.
---@param text string
local function show(text)
  if vim.api.nvim_get_mode().mode:match('^[cr]') then
    return
  end
  local room = math.max(vim.v.echospace, 10)
  if vim.fn.strdisplaywidth(text) > room then
    text = vim.fn.strcharpart(text, 0, room - 1) .. '…'
  end
  vim.api.nvim_echo({ { text } }, false, {})
  shown = text ~= ''
end

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
      if not client or client.name ~= 'paconn_ls' or type(value) ~= 'table' or not require('paconn_ls.commands').busy() then
        return -- what nobody waits for must not wipe out what was said
      end
      if value.kind == 'report' then
        local percent = value.percentage and (' (%d%%)'):format(value.percentage) or ''
        show('paconn-ls: ' .. (value.message or '') .. percent)
      elseif value.kind == 'end' and shown then
        show('')
      end
    end,
  })
end

return M
