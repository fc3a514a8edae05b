-- What a configuration may call. All else is loaded when it is used.
local M = {}

M.name = 'paconn_ls'

---Says that this Neovim is too old for the plugin.
function M.too_old()
  local v = vim.version()
  local text = 'paconn-ls needs Neovim 0.10 or newer; this is %d.%d.%d. The program itself works without: paconn-ls check'
  vim.notify(text:format(v.major, v.minor, v.patch), vim.log.levels.WARN)
end

---Turns the server on. On 0.11 it is vim.lsp.config('paconn_ls', opts) and vim.lsp.enable('paconn_ls'); on 0.10 it is
---the one line that stands for both.
---@param opts? table what to change in lsp/paconn_ls.lua: cmd, settings, init_options …
function M.setup(opts)
  if vim.fn.has('nvim-0.10') == 0 then
    return M.too_old()
  end
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.config(M.name, opts or {})
    vim.lsp.enable(M.name)
    return
  end
  M.changed = opts or {}
  local group = vim.api.nvim_create_augroup('paconn_ls', {})
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = M.config().filetypes,
    callback = function(event)
      require('paconn_ls.client').attach(event.buf)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) then
      require('paconn_ls.client').attach(bufnr)
    end
  end
end

---Whether the user turned the server on.
---@return boolean
function M.enabled()
  if vim.fn.has('nvim-0.11') == 0 then
    return M.changed ~= nil
  end
  if vim.lsp.is_enabled then
    return vim.lsp.is_enabled(M.name)
  end
  return (vim.lsp._enabled_configs or {})[M.name] ~= nil -- before 0.12
end

---The configuration of the server, with what the user changed.
---@return vim.lsp.ClientConfig
function M.config()
  local config
  if vim.fn.has('nvim-0.11') == 1 then
    config = vim.deepcopy(vim.lsp.config[M.name])
  else
    local file = assert(vim.api.nvim_get_runtime_file('lsp/paconn_ls.lua', false)[1])
    config = vim.tbl_deep_extend('force', dofile(file), M.changed or {})
  end
  config.name = M.name
  return config
end

return M
