-- What a user has in init.lua, for the version that runs it.
vim.opt.runtimepath:prepend(vim.env.PACONN_NVIM)
vim.opt.swapfile = false
if vim.fn.has('nvim-0.11') == 1 then
  vim.lsp.enable('paconn_ls')
elseif vim.fn.has('nvim-0.10') == 1 then
  require('paconn_ls').setup()
end
