-- Completion of :Paconn: verbs, their arguments, environments and connectors.
local M = {}

local patience = 5000 -- milliseconds that completion may wait for the service
local age = 60000 -- milliseconds that a list is good for
local kept = {} ---@type table<string, { at: integer, items: table[] }>

---Asks the server for a list, or takes the one it gave a moment ago. Empty when it cannot be had.
---@param what 'environments'|'connectors'|'clouds'
---@param args table
---@return table[]
local function list(what, args)
  local key = what .. ' ' .. vim.inspect(args)
  local now = vim.uv.now()
  if kept[key] and now - kept[key].at < age then
    return kept[key].items
  end
  local client = require('paconn_ls.client').get()
  if not client then
    return {}
  end
  local answered, items
  local params = { command = 'paconn.list', arguments = { vim.tbl_extend('force', args, { what = what }) } }
  require('paconn_ls.client').request(client, 'workspace/executeCommand', params, function(err, result)
    answered, items = true, not err and result and result[what] or nil
  end)
  vim.wait(patience, function()
    return answered
  end, 10)
  if items then
    kept[key] = { at = now, items = items }
  end
  return items or {}
end

---Forgets the lists, after something was created or somebody signed in.
function M.forget()
  kept = {}
end

local function ids(items, member)
  return vim.tbl_map(function(item)
    return item[member]
  end, items)
end

---Paths that begin with what is typed, each as one word of the command line.
---@param lead string
---@param kind 'dir'|'file'
---@return string[]
local function paths(lead, kind)
  return vim.tbl_map(function(path)
    return (path:gsub(' ', '\\ '))
  end, vim.fn.getcompletion((lead:gsub('\\ ', ' ')), kind))
end

---What a value of an argument can be.
---@param member table of paconn_ls.verbs
---@param args table that are given before
---@return string[]
local function values(member, args, lead)
  if member.values then
    return member.values
  end
  if member.type == 'boolean' then
    return { 'true', 'false' }
  end
  if member.name == 'cloud' then
    return ids(list('clouds', {}), 'name')
  end
  local where = { cloud = args.cloud, account = args.account }
  if member.name == 'environment' then
    return ids(list('environments', where), 'name')
  end
  if member.name == 'connectorId' then
    where.environment = args.environment or require('paconn_ls.commands').environment()
    return where.environment and ids(list('connectors', where), 'id') or {}
  end
  return paths(lead, member.name == 'dest' and 'dir' or 'file')
end

local function starting(items, lead)
  return vim.tbl_filter(function(item)
    return vim.startswith(item:lower(), lead:lower())
  end, items)
end

---@param verb table
---@param args table that are given before
---@param lead string
---@return string[]
local function of_verb(verb, args, lead)
  local key, start = lead:match('^([%w]+)=(.*)$')
  local names = {}
  for _, member in ipairs(verb.members) do
    if member.name == key then
      return vim.tbl_map(function(value)
        return key .. '=' .. value
      end, starting(values(member, args, start), start))
    end
    if args[member.name] == nil then
      table.insert(names, member.type == 'boolean' and member.name or member.name .. '=')
    end
  end
  if verb.name == 'list' and not args.what then
    names = values(verb.members[1], args, '')
  end
  return key and {} or starting(names, lead)
end

---@param lead string
---@param line string up to the caret
---@return string[]
function M.complete(lead, line)
  local arguments = require('paconn_ls.arguments')
  local typed = line:gsub('^.-%f[%a]Paco?n?n?!?%s+', ''):gsub('\\ ', '\1') -- before the command there may be others
  local words = vim.split(typed, '%s+')
  if #words <= 1 then
    return starting(arguments.names(), lead)
  end
  if words[1] == 'check' then
    return paths(lead, 'file')
  end
  local verb = arguments.verb(words[1])
  if not verb then
    return {}
  end
  local ok, args = pcall(arguments.parse, verb, vim.list_slice(words, 2, #words - 1))
  return of_verb(verb, ok and args or {}, lead)
end

return M
