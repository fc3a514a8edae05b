-- The words behind :Paconn: which verbs there are, and what their arguments mean.
local M = {}

---The verbs of the service, by name.
function M.verb(name)
  for _, verb in ipairs(require('paconn_ls.verbs')) do
    if verb.name == name then
      return verb
    end
  end
end

---@return string[]
function M.names()
  local out = vim.tbl_map(function(verb)
    return verb.name
  end, require('paconn_ls.verbs'))
  vim.list_extend(out, vim.tbl_keys(require('paconn_ls.here')))
  table.sort(out)
  return out
end

local booleans = { ['true'] = true, ['false'] = false }

local function convert(member, text)
  if member.type == 'boolean' then
    local value = booleans[text or 'true']
    if value == nil then
      error(('%s is true or false, not "%s"'):format(member.name, text), 0)
    end
    return value
  end
  if text == nil or text == '' then
    error(('%s needs a value: %s=…'):format(member.name, member.name), 0)
  end
  return member.type == 'list' and vim.split(text, ',', { trimempty = true }) or text
end

---Refuses a word that is no argument. A secret is none, and what was typed does not stay in the history.
---@param verb table
---@param name string
local function unknown(verb, name)
  if name:lower():match('secret') or name:lower():match('password') then
    vim.fn.histdel('cmd', -1)
    error(('%s asks for a secret where it needs one, without showing it; none is taken from the command line'):format(verb.name), 0)
  end
  error(('%s knows no argument "%s"; :Paconn %s <Tab> shows them'):format(verb.name, name, verb.name), 0)
end

---Reads the words after the verb: name=value, or the name alone for what is true or false.
---@param verb table
---@param words string[]
---@return table
function M.parse(verb, words)
  local out = {}
  for _, word in ipairs(words) do
    local name, value = word:match('^([%w]+)=(.*)$')
    local member
    for _, m in ipairs(verb.members) do
      if m.name == (name or word) then
        member = m
      end
    end
    if member then
      out[member.name] = convert(member, value)
    elseif verb.name == 'list' and not name then
      out.what = word
    elseif word ~= '' then
      unknown(verb, name or word)
    end
  end
  return out
end

return M
