-- :checkhealth paconn_ls
local M = {}

local name = 'paconn_ls'

---Runs the program; nil when it cannot be started or takes too long.
local function output(...)
  local ok, process = pcall(vim.system, { ... }, { text = true })
  if not ok then
    return nil
  end
  return process:wait(3000)
end

---A path as people write it.
local function home(path)
  return vim.fn.fnamemodify(path, ':~')
end

local function program(config)
  local health = vim.health
  health.start('paconn-ls: the program')
  local cmd = config.cmd
  if type(cmd) ~= 'table' then
    return health.info('cmd is a function, so that nothing can be said of it')
  end
  if vim.fn.executable(cmd[1]) == 0 then
    return health.error(cmd[1] .. ' is not there', {
      'Put paconn-ls into a folder of PATH,',
      "or name it: vim.lsp.config('paconn_ls', { cmd = { '/path/to/paconn-ls', 'serve' } })",
    })
  end
  local out = output(cmd[1], 'version')
  if not out or out.code ~= 0 then
    return health.error(cmd[1] .. ' version fails', { vim.trim(out and out.stderr or 'it takes longer than three seconds') })
  end
  health.ok(('%s: %s'):format(home(vim.fn.exepath(cmd[1])), vim.split(vim.trim(out.stdout), '\n')[1]))
  local status = output(cmd[1], 'status')
  local said = status and vim.trim(status.stdout .. status.stderr) or ''
  if said ~= '' then
    health.info(said)
  end
end

---Whether the JSON server reports the mistakes of plain JSON too.
local function twice(client)
  local options = client.config.init_options or {}
  if options.syntax == false then
    return false
  end
  for bufnr in pairs(client.attached_buffers) do
    if #vim.lsp.get_clients({ name = 'jsonls', bufnr = bufnr }) > 0 then
      return true
    end
  end
  return false
end

local function server()
  local health = vim.health
  health.start('paconn-ls: the server')
  if require('paconn_ls').enabled() then
    health.ok('it is enabled')
  else
    local line = vim.fn.has('nvim-0.11') == 1 and "vim.lsp.enable('paconn_ls')" or "require('paconn_ls').setup()"
    health.warn('it is not enabled', { 'Add to your configuration: ' .. line })
  end
  local clients = vim.lsp.get_clients({ name = name })
  if #clients == 0 then
    health.info('it does not run, because no file of a connector is open')
  end
  for _, client in ipairs(clients) do
    local roots = vim.tbl_map(function(folder)
      return home(folder.name)
    end, client.workspace_folders or {})
    health.ok(('it runs, for %s'):format(#roots > 0 and table.concat(roots, ', ') or 'commands only'))
    if twice(client) then
      health.warn('jsonls reports mistakes of plain JSON too, so that they show twice', {
        "vim.lsp.config('paconn_ls', { init_options = { syntax = false } })",
      })
    end
  end
end

function M.check()
  if vim.fn.has('nvim-0.10') == 0 then
    local report = (vim.health or {}).report_error or require('health').report_error
    report('Neovim is too old', { 'paconn-ls needs Neovim 0.10 or newer' })
    return
  end
  vim.health.start('paconn-ls: Neovim')
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok('Neovim ' .. tostring(vim.version()))
  else
    vim.health.ok(('Neovim %s; 0.11 needs no set-up'):format(tostring(vim.version())))
  end
  local ok, config = pcall(function()
    return require('paconn_ls').config()
  end)
  if not ok then
    return vim.health.error('the configuration cannot be read', { tostring(config) })
  end
  program(config)
  server()
end

return M
