-- nvim -l picture.lua TITLE <CAPTURE >SVG: a screen of a terminal, as tmux captures it with its colours, as a picture.
local W, H, PAD, TOP = 8.4, 18, 14, 34
local fg0, bg0 = '#e0e2ea', '#14161b'

local basic = { '#14161b', '#ffc0b9', '#b3f6c0', '#fce094', '#a6dbff', '#ffcaff', '#8cf8f7', '#eef1f8', '#4f5258', '#ffc0b9', '#b3f6c0', '#fce094', '#a6dbff', '#ffcaff', '#8cf8f7', '#eef1f8' }

local function indexed(n)
  if n < 16 then
    return basic[n + 1]
  elseif n >= 232 then
    local v = 8 + (n - 232) * 10
    return ('#%02x%02x%02x'):format(v, v, v)
  end
  n = n - 16
  local function level(v)
    return v == 0 and 0 or 55 + 40 * v
  end
  return ('#%02x%02x%02x'):format(level(math.floor(n / 36)), level(math.floor(n / 6) % 6), level(n % 6))
end

---Applies the numbers of one escape sequence to how text looks.
local function apply(look, numbers)
  local i = 1
  while i <= #numbers do
    local n = numbers[i]
    local kind = (n == 38 and 'fg') or (n == 48 and 'bg') or (n == 58 and 'line')
    if kind and numbers[i + 1] == 2 then
      look[kind] = ('#%02x%02x%02x'):format(numbers[i + 2], numbers[i + 3], numbers[i + 4])
      i = i + 4
    elseif kind and numbers[i + 1] == 5 then
      look[kind] = indexed(numbers[i + 2])
      i = i + 2
    elseif n == 0 then
      look.fg, look.bg, look.line, look.bold, look.italic, look.under, look.reverse = nil, nil, nil, nil, nil, nil, nil
    elseif n == 1 then
      look.bold = true
    elseif n == 3 then
      look.italic = true
    elseif n == 4 then
      look.under = true
    elseif n == 7 then
      look.reverse = true
    elseif n == 22 then
      look.bold = nil
    elseif n == 23 then
      look.italic = nil
    elseif n == 24 then
      look.under = nil
    elseif n == 27 then
      look.reverse = nil
    elseif n >= 30 and n <= 37 then
      look.fg = basic[n - 29]
    elseif n == 39 then
      look.fg = nil
    elseif n >= 40 and n <= 47 then
      look.bg = basic[n - 39]
    elseif n == 49 then
      look.bg = nil
    elseif n >= 90 and n <= 97 then
      look.fg = basic[n - 81]
    elseif n >= 100 and n <= 107 then
      look.bg = basic[n - 91]
    end
    i = i + 1
  end
end

local function escape(text)
  return (text:gsub('[&<>]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;' }))
end

local out = {}
local function put(format, ...)
  out[#out + 1] = format:format(...)
end

---Draws a piece of a line in one look.
local function draw(text, look, col, row)
  local width = vim.fn.strdisplaywidth(text)
  local fg, bg = look.fg or fg0, look.bg
  if look.reverse then
    fg, bg = bg or bg0, look.fg or fg0
  end
  local x, y = PAD + col * W, TOP + row * H
  if bg and bg ~= bg0 then
    put('<rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="%s"/>', x, y, width * W + 0.3, H, bg)
  end
  if look.under then
    put('<path d="M%.1f %.1fh%.1f" stroke="%s"/>', x, y + H - 2.5, width * W, look.line or fg)
  end
  if text:match('%S') then
    local style = (look.bold and ' font-weight="bold"' or '') .. (look.italic and ' font-style="italic"' or '')
    put('<text x="%.1f" y="%.1f" fill="%s"%s textLength="%.1f" lengthAdjust="spacing">%s</text>', x, y + 13.5, fg, style, width * W, escape(text))
  end
  return col + width
end

local lines = {}
for line in io.stdin:lines() do
  lines[#lines + 1] = line
end
local columns = 138 -- at least, so that letters are of one size
local look = {}
for row, line in ipairs(lines) do
  local col = 0
  line = line:gsub('(\27%[)([%d;:]*)(m)', function(a, n, m)
    n = n:gsub('58[:;]2[:;][:;]?', '58;2;'):gsub('4:%d+', '4'):gsub('::', ':'):gsub(':', ';')
    return a .. n .. m
  end)
  for text, numbers in (line .. '\27[m'):gmatch('([^\27]*)\27%[([%d;]*)m') do
    if text ~= '' then
      col = draw(text, look, col, row - 1)
    end
    local list = {}
    for n in numbers:gmatch('%d+') do
      list[#list + 1] = tonumber(n)
    end
    apply(look, #list > 0 and list or { 0 })
  end
  columns = math.max(columns, col)
end

local function write(text)
  io.stdout:write(text, '\n')
end

local width, height = 2 * PAD + columns * W, TOP + #lines * H + PAD
write(('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14">'):format(width, height, width, height))
write(('<title>%s</title>'):format(escape(_G.arg[1] or 'Neovim')))
write(('<rect width="100%%" height="100%%" rx="8" fill="%s"/>'):format(bg0))
for i, colour in ipairs({ '#ff5f57', '#febc2e', '#28c840' }) do
  write(('<circle cx="%d" cy="17" r="5.5" fill="%s"/>'):format(PAD + 6 + (i - 1) * 18, colour))
end
write('<g xml:space="preserve">')
write(table.concat(out, '\n'))
write('</g>\n</svg>')
