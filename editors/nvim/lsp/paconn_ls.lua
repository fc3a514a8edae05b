-- The language server of Power Platform custom connectors: vim.lsp.enable('paconn_ls') is all that Neovim 0.11 needs.
-- Change it with vim.lsp.config('paconn_ls', { … }); :help paconn-ls says what there is.
---@type vim.lsp.Config
return {
  cmd = { 'paconn-ls', 'serve' },
  filetypes = { 'json', 'jsonc', 'cs' },
  root_dir = function(bufnr, on_dir)
    local dir = require('paconn_ls.root').of(bufnr)
    if dir then
      on_dir(dir)
    end
  end,
  reuse_client = function(client, config)
    return require('paconn_ls.client').reuse(client, config)
  end,
  on_exit = function(code, signal, id)
    require('paconn_ls.client').ended(code, signal, id)
  end,
  handlers = {
    ['window/showMessageRequest'] = function(err, params)
      return require('paconn_ls.ask').request(err, params)
    end,
  },
  settings = { paconn = vim.empty_dict() },
}
