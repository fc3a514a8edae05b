// Waiting for a condition, with a limit and a reason.

const limit = 20_000 // of what takes well under a second on a machine with nothing else to do

// Polls until check returns something true, and returns that. What the last try threw is part of the error.
export async function until(what, check, { within = limit, every = 50 } = {}) {
  const end = Date.now() + within
  for (;;) {
    let failure
    try {
      const found = await check()
      if (found) return found
    } catch (err) {
      failure = err
    }
    if (Date.now() > end) throw new Error(`waited ${within / 1000} s in vain: ${what}${failure ? `\n${failure}` : ''}`)
    await new Promise((resolve) => setTimeout(resolve, every))
  }
}
