-- :Paconn {verb} {argument}=… : asks the server, asks the user for what is missing, and tells what came of it.
local arguments = require('paconn_ls.arguments')
local ask = require('paconn_ls.ask')
local servers = require('paconn_ls.client')
local M = {}

---@class paconn_ls.Run
---@field verb string
---@field client vim.lsp.Client
---@field args table
---@field folder string absolute
---@field connector boolean whether the folder is that of the buffer's connector
---@field now boolean :Paconn! asks nothing that it need not
---@field lines string[] what is told at the end
---@field level? integer how it is told

---The folder of the current buffer's connector, or else the working folder.
---@return string dir
---@return boolean connector
local function folder()
  local dir = require('paconn_ls.root').folder(0)
  return dir or vim.fn.getcwd(), dir ~= nil
end

---The environment that a list is of where none is named: that of the settings, which the verbs follow too, or the last
---one of this folder.
---@return string?
function M.environment()
  return M.configured() or require('paconn_ls.memory').environment((folder()))
end

---The environment that the user's settings name.
---@return string?
function M.configured()
  return ((require('paconn_ls').config().settings or {}).paconn or {}).environment
end

---@class paconn_ls.Waiting a command that waits for the server's answer
---@field done fun(err: table) ends the wait
---@field client vim.lsp.Client
---@field id integer of the request

local waiting = {} ---@type table<paconn_ls.Waiting, true>

---Whether a command runs.
---@return boolean
function M.busy()
  return next(waiting) ~= nil
end

---Cancels the commands that run. It returns how many there were.
---@return integer
function M.cancel()
  local all = vim.tbl_keys(waiting)
  for _, one in ipairs(all) do
    pcall(servers.cancel, one.client, one.id) -- the server may be gone
    one.done({ message = 'cancelled', data = { kind = 'cancelled' } })
  end
  return #all
end

---Ends the commands of a server that is gone: nobody answers them any more.
---@param client_id integer
function M.abandon(client_id)
  for one in pairs(waiting) do
    if one.client.id == client_id then
      one.done({ message = 'the server ended before it answered', data = { kind = 'gone' } })
    end
  end
end

---Sends a request without leaving a secret in Neovim's log, whatever its level.
local function send(client, params, done)
  local args, log = params.arguments[1], vim.lsp.log
  local level = log.get_level()
  local hidden = args.secret or args.clientSecret or args.certificatePassword
  if hidden then
    log.set_level(math.max(level, vim.log.levels.INFO))
  end
  local ok, id = pcall(servers.request, client, 'workspace/executeCommand', params, done)
  if hidden then
    log.set_level(level)
  end
  if not ok then
    done({ message = tostring(id) })
  end
  return ok and id or nil
end

---Runs a command of the server and waits for it.
---@param run paconn_ls.Run
---@param verb string
---@param args table
---@return table? err of the protocol
---@return table? result
local function execute(run, verb, args)
  ask.show_progress()
  local given = vim.tbl_extend('keep', args, { folder = run.folder })
  local one = { client = run.client }
  local err, result = ask.await(function(done)
    one.done = done
    one.id = send(run.client, { command = 'paconn.' .. verb, arguments = { given } }, done)
    waiting[one] = one.id and true
  end)
  waiting[one] = nil
  return err, result
end

---What an error says, with what helps those who are asked for help.
local function told(err)
  local data = type(err.data) == 'table' and err.data or {}
  local parts = { err.message }
  for _, part in ipairs({ { 'code', data.code }, { 'request', data.requestId } }) do
    if part[2] and not err.message:find(part[2], 1, true) then
      parts[1] = parts[1] .. (' (%s %s)'):format(part[1], part[2])
    end
  end
  if data.way and not err.message:find(data.way, 1, true) then
    table.insert(parts, data.way)
  end
  return table.concat(parts, '\n')
end

---The items, one of them first.
local function with_first(items, member, value)
  local first, others = {}, {}
  for _, item in ipairs(items) do
    table.insert(item[member] == value and first or others, item)
  end
  return vim.list_extend(first, others)
end

---The settings.json that a verb follows, and so a list for it.
---@param run paconn_ls.Run
---@return string?
local function followed(run)
  local path = vim.fs.joinpath(run.folder, 'settings.json')
  return run.args.settings or (run.connector and vim.uv.fs_stat(path) and path) or nil
end

---@param run paconn_ls.Run
---@param what 'environments'|'connectors'
---@param prompt string
local function pick(run, what, prompt, member)
  local where = { what = what, cloud = run.args.cloud, account = run.args.account, settings = followed(run) }
  if what == 'connectors' then
    where.environment = run.args.environment -- else that of the settings, not the one that was used last
  end
  local err, result = M.patiently(run, 'list', where)
  if err or not result then
    return nil, true
  end
  local items = result[what] or {}
  if #items == 0 then
    ask.say('there are no ' .. what, vim.log.levels.WARN)
    return nil, true
  end
  run.args.environment = run.args.environment or result.environment
  local last = what == 'environments' and M.environment()
  local item = #items == 1 and items[1]
    or ask.select(with_first(items, member, last), prompt, function(i)
      return ('%s  (%s)%s'):format(i.title, i[member], i[member] == last and '  used last' or '')
    end)
  return item and item[member]
end

---How an argument is asked for that the server needs.
local missing = {
  environment = function(run)
    return pick(run, 'environments', 'Environment: ', 'name')
  end,
  connectorId = function(run)
    return pick(run, 'connectors', 'Connector: ', 'id')
  end,
  secret = function()
    return ask.secret('OAuth 2.0 client secret of the connector: ')
  end,
  clientSecret = function()
    return ask.secret('Secret of the application: ')
  end,
  overwrite = function()
    return ask.select({ 'Overwrite', 'Cancel' }, 'The files exist. Overwrite them? ') == 'Overwrite' or nil
  end,
}

---Asks the user for an argument; nil when none was given, and then whether it was told why.
---@param run paconn_ls.Run
---@param what string
---@return any value
---@return boolean? told
function M.ask_for(run, what)
  local how = missing[what]
  if how then
    return how(run)
  end
  for _, member in ipairs(arguments.verb(run.verb).members) do
    if member.name == what then
      if member.values then
        return ask.select(member.values, member.help .. ': ')
      end
      return ask.input({ prompt = member.help .. ': ', completion = 'file' })
    end
  end
end

---Says that a verb ends because nothing was answered, unless it was told already why.
---@param verb string
---@param told_why? boolean
function M.cancelled(verb, told_why)
  if not told_why then
    ask.say(verb .. ' was cancelled')
  end
end

---Runs a command of the server, and asks for what it lacks. An error that is left is told.
---@param run paconn_ls.Run
---@param verb string
---@param args table is completed
---@return table? err
---@return table? result
function M.patiently(run, verb, args)
  for _ = 1, 8 do
    local err, result = execute(run, verb, args)
    if not err then
      return nil, result
    end
    local data = type(err.data) == 'table' and err.data or {}
    if data.kind == 'need' and data.what and args[data.what] == nil then
      local asking = setmetatable({ verb = verb, args = args }, { __index = run })
      local value, why = M.ask_for(asking, data.what)
      if value == nil then
        M.cancelled(verb, why)
        return err
      end
      args[data.what] = value
    elseif data.kind == 'signIn' and verb ~= 'login' then
      if ask.select({ 'Sign in', 'Not now' }, err.message .. ' ') ~= 'Sign in' or not M.sign_in(run, args) then
        return err
      end
    elseif data.kind == 'cancelled' then
      M.cancelled(verb)
      return err
    else
      if data.kind == 'gone' and (verb == 'create' or verb == 'update') and not args.dryRun then
        data.way = 'it may have been sent all the same: look before you send it again'
      end
      ask.say(told(err), vim.log.levels.ERROR)
      return err
    end
  end
  return { message = 'gave up' }
end

---@param run paconn_ls.Run
---@param args table
---@return boolean
function M.sign_in(run, args)
  local cloud = args.cloud
  local err, result = M.patiently(run, 'login', { cloud = cloud, settings = args.settings })
  if err or not result then
    return false
  end
  require('paconn_ls.complete').forget()
  ask.say(('signed in as %s (%s)'):format(result.account.user, result.account.cloud))
  return true
end

---Shows what came of a verb, with the server's notes that say something else, as one message.
---@param run paconn_ls.Run
---@param result table
local function finish(run, result)
  if type(result.environment) == 'string' then
    local memory = require('paconn_ls.memory')
    memory.remember(run.folder, result.environment)
    if result.folder and result.folder ~= run.folder then -- a download's
      memory.remember(result.folder, result.environment)
    end
  end
  local lines = run.lines
  for _, note in ipairs(result.notes or {}) do
    if not (result.connectorId and note:find(result.connectorId, 1, true)) then
      table.insert(lines, note)
    end
  end
  if #lines > 0 then
    ask.say(table.concat(lines, '\n'), run.level)
  end
end

---@param words string[]
---@param now boolean
local function begin(words, now)
  local own = require('paconn_ls.here')[words[1]]
  if own then
    return own(vim.list_slice(words, 2))
  end
  local verb = arguments.verb(words[1])
  if not verb then
    return ask.say(('there is no verb "%s"; :Paconn <Tab> shows them'):format(words[1]), vim.log.levels.ERROR)
  end
  local ok, args = pcall(arguments.parse, verb, vim.list_slice(words, 2))
  if not ok then
    return ask.say(args, vim.log.levels.ERROR)
  end
  local client = servers.get()
  if not client then
    return
  end
  local dir, connector = folder()
  local run = { verb = verb.name, client = client, args = args, folder = dir, connector = connector, now = now, lines = {} }
  local result = require('paconn_ls.verb')[verb.name](run)
  if result then
    finish(run, result)
  end
end

---The command :Paconn.
---@param o table of nvim_create_user_command
function M.run(o)
  ask.async(function()
    local words = o.fargs
    if #words == 0 then
      local name = ask.select(arguments.names(), 'Paconn: ')
      if not name then
        return
      end
      words = { name }
    end
    begin(words, o.bang)
  end)
end

return M
