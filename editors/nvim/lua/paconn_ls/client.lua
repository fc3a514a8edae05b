-- The running server: finding it, starting it, starting it again. One server serves all connectors.
local M = {}

local name = 'paconn_ls'
local new = vim.fn.has('nvim-0.11') == 1

---@param client vim.lsp.Client
local function notify(client, method, params)
  if new then
    client:notify(method, params)
  else
    client.notify(method, params)
  end
end

---Sends a request; done is given its error and its result.
---@param client vim.lsp.Client
---@return integer? id for M.cancel
function M.request(client, method, params, done)
  local bufnr = vim.api.nvim_get_current_buf()
  local ok, id
  if new then
    ok, id = client:request(method, params, done, bufnr)
  else
    ok, id = client.request(method, params, done, bufnr)
  end
  if not ok then
    done({ message = 'the server is gone; :Paconn restart starts it again' })
  end
  return id
end

---Takes a request back. Neovim does not tell whoever asked of an answer that is "cancelled".
---@param client vim.lsp.Client
---@param id integer
function M.cancel(client, id)
  if new then
    client:cancel_request(id)
  else
    client.cancel_request(id)
  end
end

---@param client vim.lsp.Client
local function stopped(client)
  if new then
    return client:is_stopped()
  end
  return client.is_stopped()
end

---Tells a server of a folder, as soon as it can be told.
---@param client vim.lsp.Client
---@param dir string
local function add_folder(client, dir)
  local uri = vim.uri_from_fname(dir)
  client.workspace_folders = client.workspace_folders or {}
  for _, folder in ipairs(client.workspace_folders) do
    if folder.uri == uri or vim.startswith(uri, folder.uri .. '/') then
      return
    end
  end
  local folder = { uri = uri, name = dir }
  table.insert(client.workspace_folders, folder)
  local function tell()
    if stopped(client) then
      return
    end
    if not client.initialized then
      return vim.defer_fn(tell, 20)
    end
    notify(client, 'workspace/didChangeWorkspaceFolders', { event = { added = { folder }, removed = {} } })
  end
  tell()
end

---Whether a server takes another folder too: ours does, unless it was configured otherwise since.
---@param client vim.lsp.Client
---@param config vim.lsp.ClientConfig
function M.reuse(client, config)
  if client.name ~= config.name or stopped(client) or not vim.deep_equal(client.config.cmd, config.cmd) then
    return false
  end
  if config.root_dir then
    add_folder(client, config.root_dir)
  end
  return true
end

---Whether the program is there; says so when it is not.
---@param config vim.lsp.ClientConfig
---@return boolean
local function is_there(config)
  local program = type(config.cmd) == 'table' and config.cmd[1]
  if not program or vim.fn.executable(program) == 1 then
    return true
  end
  local where = new and "vim.lsp.config('paconn_ls', {…})" or "require('paconn_ls').setup({…})"
  local text = "the program %s is not there; put it into a folder of PATH, or name it: %s with cmd = { '/path/to/paconn-ls', 'serve' }"
  require('paconn_ls.ask').say(text:format(program, where), vim.log.levels.ERROR)
  return false
end

local warned ---@type string? the program that was missed last

---Says that the program is missing, once: Neovim starts no server then, and from 0.12 on it does so in silence.
---@param config? vim.lsp.ClientConfig
---@return boolean missing
function M.missing(config)
  config = config or require('paconn_ls').config()
  local program = type(config.cmd) == 'table' and config.cmd[1]
  if program and program == warned and vim.fn.executable(program) == 0 then
    return true
  end
  warned = nil
  if is_there(config) then
    return false
  end
  warned = program
  return true
end

---A file of a connector was opened: says so when its server is enabled, and its program missing.
function M.expected()
  if require('paconn_ls').enabled() then
    M.missing()
  end
end

---Attaches the server to a buffer that is a connector's, whatever Neovim's version.
---@param bufnr integer
---@param config? vim.lsp.ClientConfig
function M.attach(bufnr, config)
  config = config or require('paconn_ls').config()
  if not vim.tbl_contains(config.filetypes or {}, vim.bo[bufnr].filetype) then
    return
  end
  local find = config.root_dir
  if type(find) ~= 'function' then
    find = function(b, on_dir)
      local dir = require('paconn_ls.root').of(b)
      if dir then
        on_dir(dir)
      end
    end
  end
  find(bufnr, function(dir)
    if M.missing(config) then
      return
    end
    local with_dir = vim.tbl_extend('force', config, { root_dir = dir })
    vim.lsp.start(with_dir, { bufnr = bufnr, reuse_client = config.reuse_client })
  end)
end

---The server that a command is for: that of the buffer, any other that runs, or a new one. Nil when there is none.
---@param bufnr? integer
---@return vim.lsp.Client?
function M.get(bufnr)
  local of_buffer = vim.lsp.get_clients({ name = name, bufnr = bufnr or 0 })[1]
  local running = of_buffer or vim.lsp.get_clients({ name = name })[1]
  if running and not stopped(running) then
    return running
  end
  local config = require('paconn_ls').config()
  if not is_there(config) then
    return nil
  end
  config.root_dir = nil
  local id
  if new then
    id = vim.lsp.start(config, { attach = false })
  else
    id = vim.lsp.start_client(config)
  end
  local client = id and vim.lsp.get_client_by_id(id)
  if not client then
    return nil
  end
  vim.wait(5000, function()
    return client.initialized or stopped(client)
  end, 10)
  return client.initialized and client or nil
end

local function attach_all()
  local config = require('paconn_ls').config()
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) then
      M.attach(bufnr, config)
    end
  end
end

local ends = {} ---@type integer[] when the server ended by itself, in milliseconds
local stopping = {} ---@type table<integer, boolean> servers that are meant to end

---Starts the server again when it ended by itself, but not for ever.
---@param code integer
---@param signal integer
---@param id integer
function M.ended(code, signal, id)
  local meant = stopping[id] or (code == 0 and (signal == 0 or signal == 15)) or code == 143
  stopping[id] = nil
  vim.schedule(function()
    if vim.v.exiting ~= vim.NIL then
      return
    end
    local commands = package.loaded['paconn_ls.commands']
    if commands then
      commands.abandon(id)
    end
    if meant then
      return
    end
    local now = vim.uv.now()
    ends = vim.tbl_filter(function(t)
      return now - t < 180000
    end, ends)
    table.insert(ends, now)
    local ask = require('paconn_ls.ask')
    if #ends > 3 then
      return ask.say('the server ended four times within three minutes; :Paconn log shows why, :Paconn restart tries again', vim.log.levels.ERROR)
    end
    ask.say(('the server ended (code %d, signal %d); it is started again'):format(code, signal), vim.log.levels.WARN)
    attach_all()
  end)
end

---Stops the server and starts it again for all buffers that are a connector's.
---@param done? fun()
function M.restart(done)
  local running = vim.lsp.get_clients({ name = name })
  ends, warned = {}, nil
  for _, client in ipairs(running) do
    stopping[client.id] = true
    if new then
      client:stop()
    else
      client.stop()
    end
  end
  local patience = 50
  local function again()
    patience = patience - 1
    for _, client in ipairs(running) do
      if vim.lsp.get_client_by_id(client.id) and patience > 0 then
        if patience == 25 then
          client.rpc.terminate()
        end
        return vim.defer_fn(again, 100)
      end
    end
    attach_all()
    if done then
      done()
    end
  end
  vim.defer_fn(again, 20)
end

return M
