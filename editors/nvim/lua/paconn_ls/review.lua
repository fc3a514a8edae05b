-- What an update would change: a tab page with what is deployed and what would be sent, side by side.
local ask = require('paconn_ls.ask')
local M = {}

local tab ---@type integer? the tab page, while it is open

---@param name string
---@param text string
local function fill(name, text)
  local bufnr = vim.api.nvim_create_buf(false, true)
  if not pcall(vim.api.nvim_buf_set_name, bufnr, ('[%s]'):format(name)) then -- another window still shows the last one
    vim.api.nvim_buf_set_name(bufnr, ('[%s %d]'):format(name, bufnr))
  end
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, vim.split(text, '\n'))
  vim.bo[bufnr].bufhidden = 'wipe'
  vim.bo[bufnr].modifiable = false
  vim.bo[bufnr].syntax = 'json'
  return bufnr
end

---Closes what is shown, if it still is. That it cannot be closed must not keep what comes after from being told.
function M.close()
  if tab and vim.api.nvim_tabpage_is_valid(tab) and #vim.api.nvim_list_tabpages() > 1 then
    pcall(vim.cmd.tabclose, vim.api.nvim_tabpage_get_number(tab))
  end
  tab = nil
end

---Shows the two texts of a dry run as a diff.
---@param dry table a result of create or update with dryRun
---@return table dry
function M.show(dry)
  M.close()
  vim.cmd.tabnew()
  tab = vim.api.nvim_get_current_tabpage()
  vim.api.nvim_win_set_buf(0, fill('deployed', dry.before or ''))
  vim.wo.winbar = 'deployed'
  vim.cmd.diffthis()
  vim.cmd('rightbelow vsplit')
  vim.api.nvim_win_set_buf(0, fill('would be sent', dry.after or ''))
  vim.wo.winbar = 'would be sent'
  vim.cmd.diffthis()
  return dry
end

---Shows what would change and asks whether to send it.
---@param dry table
---@return boolean
function M.wanted(dry)
  local changes, unknown = dry.changes or {}, dry.unknown or {}
  if #changes == 0 and #unknown == 0 then
    ask.say(('nothing would change at %s; :Paconn! update sends it all the same'):format(dry.title))
    return false
  end
  M.show(dry)
  vim.cmd.redraw()
  local files = {}
  for _, change in ipairs(changes) do
    if not vim.tbl_contains(files, change.file) then
      table.insert(files, change.file)
    end
  end
  local what = #changes == 1 and '1 change' or #changes .. ' changes'
  local where = #files > 0 and (' (%s)'):format(table.concat(files, ', ')) or ''
  if #unknown > 0 then
    where = ('%s, and what changes of %s is not known'):format(where, table.concat(unknown, ', '))
  end
  local prompt = ('%s to %s in %s%s: '):format(what, dry.title, dry.environmentTitle or dry.environment, where)
  local answer = ask.select({ 'Send the update', 'Look first', 'Cancel' }, prompt)
  if answer == 'Look first' then
    ask.say(':Paconn! update in a file of the connector sends it; :tabclose leaves it')
  elseif answer ~= 'Send the update' then
    M.close()
  end
  return answer == 'Send the update'
end

return M
