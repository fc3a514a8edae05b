// The commands of the palette, as a table. Their ids, titles, icons and places are in package.json.
import * as vscode from "vscode";
import { login, logout } from "./account.js";
import { complain } from "./call.js";
import { checkWorkspace, fixAll, validate } from "./check.js";
import { create, dryRun, update } from "./deploy.js";
import { download } from "./download.js";
import { menu } from "./status.js";
import type { World } from "./world.js";

type Command = (world: World, target?: vscode.Uri) => unknown;

const table: Record<string, Command> = {
	login,
	logout,
	download,
	create,
	update,
	dryRun,
	validate,
	checkWorkspace,
	fixAll,
	restart: (w) => w.server.restart(),
	showLog: (w) => w.server.log.show(),
	menu,
};

/** Registers every command. What goes wrong in one is shown. */
export function register(world: World): vscode.Disposable[] {
	return Object.entries(table).map(([name, run]) =>
		vscode.commands.registerCommand(`paconnLs.${name}`, async (target?: unknown) => {
			try {
				await run(world, target instanceof vscode.Uri ? target : undefined);
			} catch (e) {
				await complain(world, e);
			}
		}),
	);
}
