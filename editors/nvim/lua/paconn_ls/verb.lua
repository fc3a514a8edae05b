-- What comes before and after each verb of the service. Each returns the server's result, or nil when there is none.
local ask = require('paconn_ls.ask')
local commands = require('paconn_ls.commands')
local M = {}

---@param run paconn_ls.Run
---@return table? result
local function call(run, more)
  local args = vim.tbl_extend('force', run.args, more or {})
  local err, result = commands.patiently(run, run.verb, args)
  run.args = args
  return not err and result or nil
end

---Says something of the result; it is shown with the notes of the server, as one message.
---@param run paconn_ls.Run
---@param text string
---@param level? integer
local function tell(run, text, level)
  table.insert(run.lines, text)
  run.level = level or run.level
end

local function plural(n, thing)
  return n == 1 and '1 ' .. thing or ('%d %ss'):format(n, thing)
end

function M.login(run)
  local result = call(run)
  if result then
    require('paconn_ls.complete').forget()
    local how = result.already and 'signed in already as %s (%s)' or 'signed in as %s (%s)'
    tell(run, how:format(result.account.user, result.account.cloud))
  end
  return result
end

function M.logout(run)
  local result = call(run)
  if result then
    require('paconn_ls.complete').forget()
    tell(run, #result.removed == 0 and 'nobody was signed in' or 'signed out ' .. plural(#result.removed, 'account'))
  end
  return result
end

function M.status(run)
  local result = call(run)
  if not result then
    return
  end
  if #result.accounts == 0 then
    tell(run, 'nobody is signed in')
  end
  for _, a in ipairs(result.accounts) do
    tell(run, ('%s (%s, tenant %s, by %s)'):format(a.user, a.cloud, a.tenantId or a.tenant, a.means))
  end
  return result
end

function M.list(run)
  run.args.what = run.args.what or commands.ask_for(run, 'what')
  if run.args.what == 'connectors' then
    run.args.environment = run.args.environment or commands.environment()
  end
  local result = run.args.what and call(run)
  if not result then
    return
  end
  local lines = {}
  for _, item in ipairs(result.environments or result.connectors or result.clouds or {}) do
    table.insert(lines, { ('%-50s %s\n'):format(item.name or item.id, item.title) })
  end
  if #lines == 0 then
    tell(run, 'there are none')
  else
    vim.api.nvim_echo(lines, true, {})
  end
  return result
end

---Where a download goes: over the connector of the buffer when its settings.json says which one it is, else a new folder.
---@param run paconn_ls.Run
---@return string? dest
local function destination(run)
  local settings = vim.fs.joinpath(run.folder, 'settings.json')
  if run.connector and vim.uv.fs_stat(settings) and not run.args.connectorId then
    return run.folder
  end
  run.args.environment = run.args.environment or commands.configured()
  for _, need in ipairs({ 'environment', 'connectorId' }) do
    if not run.args[need] then
      local value, told = commands.ask_for(run, need)
      if not value then
        return commands.cancelled(run.verb, told)
      end
      run.args[need] = value
    end
  end
  local name = run.args.connectorId:gsub('^shared_', '')
  local default = vim.fs.joinpath(vim.fn.getcwd(), name)
  return ask.input({ prompt = 'Folder to download into: ', default = default, completion = 'dir' }) or commands.cancelled(run.verb)
end

---Opens the definition that was downloaded, beside a text that cannot be left.
---@param result table
local function open_definition(result)
  for _, f in ipairs(result.files) do
    if f.name:lower():match('apidefinition.*%.json$') then
      local path = vim.fn.fnameescape(vim.fs.joinpath(result.folder, f.name))
      if not pcall(vim.cmd.edit, path) then
        vim.cmd.split(path)
      end
    end
  end
end

function M.download(run)
  run.args.dest = run.args.dest or destination(run)
  if not run.args.dest then
    return
  end
  run.args.dest = vim.fn.fnamemodify(run.args.dest, ':p')
  local result = call(run)
  if not result then
    return
  end
  local changed = vim.tbl_filter(function(f)
    return f.change == 'created' or f.change == 'changed'
  end, result.files)
  tell(run, ('downloaded %s into %s (%s new or changed)'):format(result.connectorId, result.folder, plural(#changed, 'file')))
  vim.cmd.checktime()
  if not run.connector then
    open_definition(result)
  end
  return result
end

function M.create(run)
  local result = call(run)
  if not result or result.dryRun then
    return result and require('paconn_ls.review').show(result)
  end
  require('paconn_ls.complete').forget()
  vim.cmd.checktime()
  tell(run, ('created %s as %s'):format(result.title, result.connectorId))
  for _, url in ipairs(result.redirectUrls or {}) do
    tell(run, 'redirect URL, to register at the identity provider: ' .. url)
  end
  return result
end

function M.update(run)
  local review = require('paconn_ls.review')
  if run.args.dryRun then
    local result = call(run)
    return result and review.show(result)
  end
  local seen -- that, and nothing else, is sent
  if not run.now then
    local dry = call(run, { dryRun = true })
    if not dry or not review.wanted(dry) then
      return dry
    end
    run.args.dryRun = nil
    seen = { environment = dry.environment, connectorId = dry.connectorId, compared = dry.compared }
  end
  local result = call(run, seen)
  if result then
    review.close()
    tell(run, ('updated %s (%s)'):format(result.title, result.connectorId))
    for _, url in ipairs(result.redirectUrls or {}) do
      tell(run, 'redirect URL, to register at the identity provider: ' .. url)
    end
  end
  return result
end

---What a refusal has to be found again by, and what it says where nothing was found in it.
local function refusal(result)
  local said = #result.findings > 0 and plural(#result.findings, 'finding') or result.text or 'it does not say why'
  local numbers = { result.code }
  if result.requestId then
    table.insert(numbers, 'request ' .. result.requestId)
  end
  local tail = #numbers > 0 and (' (%s)'):format(table.concat(numbers, ', ')) or ''
  return 'the service refuses the definition: ' .. said .. tail
end

function M.validate(run)
  local result = call(run)
  if not result then
    return
  end
  if result.refused then
    tell(run, refusal(result), vim.log.levels.WARN)
  elseif #result.findings == 0 then
    tell(run, 'the service finds nothing wrong')
  else
    local text = 'the service takes the definition, with %s'
    tell(run, text:format(plural(#result.findings, 'finding')), vim.log.levels.WARN)
  end
  return result
end

return M
