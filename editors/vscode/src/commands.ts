// The commands of the palette, as a table. Their ids, titles, icons and places are in package.json.
import * as vscode from "vscode";
import type { Server } from "./client.js";

/** What every command works with. */
export interface World {
	context: vscode.ExtensionContext;
	server: Server;
}

type Command = (world: World, target?: vscode.Uri) => unknown;

const table: Record<string, Command> = {
	restart: (w) => w.server.restart(),
	showLog: (w) => w.server.log.show(),
};

/** Registers every command. */
export function register(world: World): vscode.Disposable[] {
	return Object.entries(table).map(([name, run]) =>
		vscode.commands.registerCommand(`paconnLs.${name}`, (target?: vscode.Uri) => run(world, target)),
	);
}
