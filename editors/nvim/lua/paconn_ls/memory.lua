-- Which environment was used last for a folder. It is kept in a file of Neovim's state, which several Neovims may share.
local M = {}

local most = 200 -- folders that are remembered

local function path()
  return vim.fs.joinpath(vim.fn.stdpath('state'), 'paconn-ls.json')
end

---What is remembered; nothing when the file is not there or is no longer what it was.
---@return { folder: string, environment: string }[] the last one used is the first
local function read()
  local file = io.open(path())
  if not file then
    return {}
  end
  local ok, list = pcall(vim.json.decode, file:read('a'))
  file:close()
  if not ok or type(list) ~= 'table' then
    return {}
  end
  return vim.tbl_filter(function(entry)
    return type(entry) == 'table' and type(entry.folder) == 'string' and type(entry.environment) == 'string'
  end, list)
end

---@param folder string
---@return string? environment
function M.environment(folder)
  for _, entry in ipairs(read()) do
    if entry.folder == folder then
      return entry.environment
    end
  end
end

---Remembers the environment of a folder. That it cannot be written is no reason to disturb anybody.
---@param folder string
---@param environment string
function M.remember(folder, environment)
  local list = { { folder = folder, environment = environment } }
  for _, entry in ipairs(read()) do
    if entry.folder ~= folder and #list < most then
      table.insert(list, { folder = entry.folder, environment = entry.environment })
    end
  end
  pcall(vim.fn.mkdir, vim.fn.stdpath('state'), 'p')
  local temporary = ('%s.%d'):format(path(), vim.fn.getpid()) -- renamed, so that no other Neovim reads half of it
  local file = io.open(temporary, 'w')
  if file then
    file:write(vim.json.encode(list))
    file:close()
    vim.uv.fs_rename(temporary, path())
  end
end

return M
