// Drives the server with the client library of VS Code: opens a broken connector, asks what an editor asks, applies a fix,
// and leaves politely. Usage: node client.mjs PROGRAM FOLDER
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import protocol from 'vscode-languageserver-protocol/node';

const [program, folder] = process.argv.slice(2);
const server = spawn(program, ['serve', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const exited = once(server, 'exit');
const connection = protocol.createProtocolConnection(
  new protocol.StreamMessageReader(server.stdout),
  new protocol.StreamMessageWriter(server.stdin),
);
connection.onError(([error]) => assert.fail(error));
connection.onUnhandledNotification(() => {});
connection.onRequest(protocol.RegistrationRequest.type, () => {});
connection.onRequest(protocol.WorkDoneProgressCreateRequest.type, () => {});
connection.onRequest(protocol.ConfigurationRequest.type, ({ items }) => items.map(() => null));
connection.listen();

const uri = pathToFileURL(join(folder, 'apiDefinition.swagger.json')).href;
const text = await readFile(join(folder, 'apiDefinition.swagger.json'), 'utf8');

const { capabilities } = await connection.sendRequest(protocol.InitializeRequest.type, {
  processId: process.pid,
  rootUri: pathToFileURL(folder).href,
  workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'broken' }],
  capabilities: {
    workspace: { workspaceFolders: true, configuration: true, workspaceEdit: { documentChanges: true } },
    textDocument: {
      diagnostic: { dynamicRegistration: false },
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } } },
      hover: { contentFormat: ['markdown'] },
    },
  },
});
await connection.sendNotification(protocol.InitializedNotification.type, {});
await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
  textDocument: { uri, languageId: 'json', version: 1, text },
});

assert.ok(capabilities.diagnosticProvider, 'the server offers diagnostics to be pulled');
const diagnose = async () => (await connection.sendRequest(protocol.DocumentDiagnosticRequest.type, { textDocument: { uri } })).items;
const diagnostics = await diagnose();
const comma = diagnostics.find((d) => d.code === 'json-syntax');
assert.ok(comma, 'the trailing comma is reported');
console.log(`${diagnostics.length} diagnostics`);

const actions = await connection.sendRequest(protocol.CodeActionRequest.type, {
  textDocument: { uri }, range: comma.range, context: { diagnostics: [comma] },
});
console.log(`${actions.length} code actions: ${actions.map((a) => a.title).join(', ')}`);
assert.ok(actions.some((a) => a.kind === 'quickfix' && a.edit), 'a quick fix for the comma');

await connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
  textDocument: { uri, version: 2 }, contentChanges: [{ range: comma.range, text: '' }],
});
assert.ok(!(await diagnose()).some((d) => d.code === 'json-syntax'), 'the change takes the comma away');

if (capabilities.hoverProvider) {
  const line = text.split('\n').findIndex((l) => l.includes('x-ms-dynamic-values'));
  const hover = await connection.sendRequest(protocol.HoverRequest.type, {
    textDocument: { uri }, position: { line, character: text.split('\n')[line].indexOf('x-ms') + 2 },
  });
  assert.ok(hover, 'hover on an extension says something');
  console.log('hover says something');
}

await connection.sendRequest(protocol.ShutdownRequest.type);
await connection.sendNotification(protocol.ExitNotification.type);
const [code] = await exited;
assert.equal(code, 0);
console.log('left politely');
connection.dispose();
