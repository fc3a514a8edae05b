// What VS Code calls.
import * as vscode from "vscode";
import { Server } from "./client.js";
import { register } from "./commands.js";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
	server = new Server(context, () => new vscode.Disposable(() => undefined));
	const restarts = vscode.workspace.onDidChangeConfiguration(async (e) => {
		if (e.affectsConfiguration("paconn.server.path")) {
			await server?.restart();
		}
	});
	context.subscriptions.push(server, restarts, ...register({ context, server }));
	await server.restart();
}

export async function deactivate(): Promise<void> {
	await server?.stop();
}
