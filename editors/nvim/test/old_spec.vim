" Below 0.10 the plugin says so in one clear message, and does nothing else.
let s:said = execute('edit ' .. $PACONN_SAMPLES .. '/pets/apiDefinition.swagger.json')
let s:asked = execute('Paconn update')
let s:setup = execute('lua require("paconn_ls").setup()')
for s:text in [s:said, s:asked, s:setup]
  if s:text !~# 'paconn-ls needs Neovim 0.10 or newer'
    call writefile(['FAIL below 0.10: ' .. string(s:text)], '/dev/stderr', 'a')
    cquit 1
  endif
endfor
checkhealth paconn_ls
if join(getline(1, '$'), "\n") !~# 'needs Neovim 0.10'
  call writefile(['FAIL checkhealth below 0.10'] + getline(1, '$'), '/dev/stderr', 'a')
  cquit 1
endif
call writefile(['ok below 0.10 there is one clear message'], '/dev/stdout', 'a')
qall!
