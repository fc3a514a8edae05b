-- Which buffers are files of a connector, and the folder that the server is given for them. What a file is to a
-- connector the server knows; this only keeps it away from everybody else's JSON.
local M = {}

---Whether a name is that of a definition or of properties, also in the spellings that published connectors have.
---@param name string
local function telling(name)
  name = name:lower()
  return name:match('^api.?def.*%.json$') ~= nil or name:match('^api.?prop.*%.json$') ~= nil
end

---@param dir string
local function is_connector(dir)
  for name, kind in vim.fs.dir(dir) do
    if kind ~= 'directory' and telling(name) then
      return true
    end
  end
  return false
end

---Whether the settings.json of a folder names a file of it.
---@param dir string
---@param name string
local function named(dir, name)
  local file = io.open(vim.fs.joinpath(dir, 'settings.json'))
  if not file then
    return false
  end
  local text = file:read(65536) or ''
  file:close()
  return text:find('"apiDefinition"', 1, true) ~= nil and text:find(name, 1, true) ~= nil
end

---@param bufnr integer
local function names_files(bufnr)
  local text = table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, 100, false), '\n')
  return text:find('"apiDefinition"', 1, true) ~= nil or text:find('"apiProperties"', 1, true) ~= nil
end

---@param bufnr integer
---@param dir string
---@param name string
local function belongs(bufnr, dir, name)
  local lower = name:lower()
  if telling(name) or lower == 'paconn-ls.json' then
    return true
  end
  if lower == 'settings.json' then
    return is_connector(dir) or names_files(bufnr)
  end
  if lower:match('%.swagger%.json$') or lower:match('%.csx$') or lower == 'script.cs' then
    return is_connector(dir) or named(dir, name)
  end
  return named(dir, name)
end

---The folder of the connector that a buffer is a file of; nil for any other buffer.
---@param bufnr integer
---@return string?
function M.folder(bufnr)
  local path = vim.api.nvim_buf_get_name(bufnr)
  if path == '' or vim.bo[bufnr].buftype ~= '' or path:match('^%a[%w+.-]+://') then
    return nil
  end
  local dir, name = vim.fs.dirname(path), vim.fs.basename(path)
  return belongs(bufnr, dir, name) and dir or nil
end

---The root for a buffer: the nearest folder above with a paconn-ls.json, or else the connector's.
---@param bufnr integer
---@return string?
function M.of(bufnr)
  local dir = M.folder(bufnr)
  return dir and (vim.fs.root(dir, 'paconn-ls.json') or dir)
end

return M
