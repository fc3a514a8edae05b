// What VS Code calls.
import * as vscode from "vscode";
import { answerQuestions } from "./asks.js";
import { Server } from "./client.js";
import { register } from "./commands.js";
import { DeviceCodes } from "./device.js";
import { Folders } from "./folders.js";
import { Memory } from "./memory.js";
import { complain } from "./message.js";
import { Previews } from "./preview.js";
import { Reviews } from "./review.js";
import { Status } from "./status.js";
import type { World } from "./world.js";

let running: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
	const failed = (e: unknown) => complain(world, e);
	const server = new Server(context.extensionPath, (client) => answerQuestions(world, client), failed);
	const previews = new Previews();
	const world: World = {
		manifest: context.extension.packageJSON,
		server,
		previews,
		folders: new Folders(server),
		memory: new Memory(context.workspaceState, context.globalState),
		reviews: new Reviews(previews),
		device: new DeviceCodes(failed),
		status: new Status(() => world),
	};
	running = server;
	world.status.begin();
	context.subscriptions.push(
		server,
		previews,
		world.folders,
		world.reviews,
		world.device,
		world.status,
		vscode.workspace.onDidChangeConfiguration((e) => {
			if (e.affectsConfiguration("paconn.server.path")) {
				void server.restart();
			}
		}),
		...register(world),
	);
	void server.restart(); // what a person sees of a server that is slow is that it starts
}

export async function deactivate(): Promise<void> {
	await running?.end();
	running = undefined;
}
