// What VS Code calls.
import * as vscode from "vscode";
import { answerQuestions } from "./asks.js";
import { Server } from "./client.js";
import { register } from "./commands.js";
import { DeviceCodes } from "./device.js";
import { Folders } from "./folders.js";
import { Memory } from "./memory.js";
import { Previews } from "./preview.js";
import { Status } from "./status.js";
import type { World } from "./world.js";

let running: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
	const server = new Server(context, (client) => answerQuestions(world, client));
	const world: World = {
		context,
		server,
		folders: new Folders(),
		memory: new Memory(context.workspaceState),
		previews: new Previews(),
		device: new DeviceCodes(),
		status: new Status(() => world),
	};
	running = server;
	context.subscriptions.push(
		server,
		world.folders,
		world.previews,
		world.status,
		server.onState(() => world.status.refresh()),
		vscode.workspace.onDidChangeConfiguration(async (e) => {
			if (e.affectsConfiguration("paconn.server.path")) {
				await server.restart();
			}
			world.status.draw();
		}),
		...register(world),
	);
	world.status.draw();
	void world.folders.look().then(() => world.status.draw());
	void server.restart(); // what a person sees of a server that is slow is that it starts
}

export async function deactivate(): Promise<void> {
	await running?.stop();
}
