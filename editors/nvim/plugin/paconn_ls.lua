-- Read at every start, so it loads nothing: one command, and below 0.10 one message.
if vim.g.loaded_paconn_ls then
  return
end
vim.g.loaded_paconn_ls = true

if vim.fn.has('nvim-0.10') == 0 then
  vim.cmd([[
    command! -bang -nargs=* Paconn lua require('paconn_ls').too_old()
    augroup paconn_ls
      autocmd!
      autocmd BufReadPost apiDefinition*.json,apiProperties*.json ++once lua require('paconn_ls').too_old()
    augroup END
  ]])
  return
end

vim.api.nvim_create_user_command('Paconn', function(o)
  require('paconn_ls.commands').run(o)
end, {
  nargs = '*',
  bang = true,
  desc = 'Power Platform custom connectors: sign in, download, create, update, validate …',
  complete = function(lead, line)
    return require('paconn_ls.complete').complete(lead, line)
  end,
})

-- Neovim starts no server whose program is missing, and does so in silence; whoever opens a connector should know.
vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'json', 'jsonc' },
  callback = function(event)
    local name = vim.fs.basename(vim.api.nvim_buf_get_name(event.buf))
    if name:match('^apiDefinition.*%.json$') or name:match('^apiProperties.*%.json$') then
      require('paconn_ls.client').expected()
    end
  end,
})
