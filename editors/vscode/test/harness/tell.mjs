// Words of the tests to whoever runs them.

// Says why tests cannot run here. That is no failure, and never a pass.
export class Skip extends Error {}

export function say(text) {
  process.stderr.write(`vscode-test: ${text}\n`)
}
