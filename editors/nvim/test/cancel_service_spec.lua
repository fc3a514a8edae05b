local t = dofile(vim.env.PACONN_NVIM .. '/test/harness.lua')

-- The sandbox of this file approves no sign-in by itself.

t.it('a sign-in that waits for its code is cancelled', function()
  vim.ui.open = function()
    return {
      wait = function()
        return { code = 0 }
      end,
    }
  end
  t.answer(function()
    return 'Open the page'
  end)
  vim.cmd('Paconn login')
  t.eventually('the code', function()
    return t.heard('the code is')
  end)
  t.contains('what is said of the code', t.heard('the code is'), '/device')
  vim.cmd('Paconn cancel')
  t.eventually('its end', function()
    return t.heard('login was cancelled')
  end)
  vim.cmd('Paconn status')
  t.eventually('nobody', function()
    return t.heard('nobody is signed in')
  end)
end)

t.it('so it is by the button of the message', function()
  t.said = {}
  t.answer(function()
    return 'Cancel'
  end)
  vim.cmd('Paconn login')
  t.eventually('its end', function()
    return t.heard('login was cancelled')
  end)
end)

---What ends the server under a command that waits.
local ends = {
  ['its server is killed'] = function()
    for _, pid in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do
      vim.uv.kill(pid, 'sigkill')
    end
  end,
  ['its server is restarted'] = function()
    vim.cmd('Paconn restart')
  end,
}
for what, finish in pairs(ends) do
  t.it('a command ends when ' .. what, function()
    t.said = {}
    t.answer(function()
      return 'Open the page'
    end)
    vim.cmd('Paconn login')
    t.eventually('the code', function()
      return t.heard('the code is')
    end)
    finish()
    t.eventually('its end', function()
      return t.heard('the server ended before it answered')
    end)
    t.eventually('the end of the server', function()
      return what:find('killed') or t.heard('the server is started')
    end)
    t.said = {}
    vim.cmd('Paconn cancel')
    t.eventually('nothing left', function()
      return t.heard('nothing runs')
    end)
  end)
end

t.it('without anything to cancel it says so', function()
  vim.cmd('Paconn cancel')
  t.eventually('that', function()
    return t.heard('nothing runs')
  end)
end)

t.finish()
