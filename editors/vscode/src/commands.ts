// The commands of the palette, as a table. Their ids, titles, icons and places are in package.json.
import * as vscode from "vscode";
import { login, logout } from "./account.js";
import { checkWorkspace, fixAll, validate } from "./check.js";
import { create, dryRun, update } from "./deploy.js";
import { download, downloadAgain } from "./download.js";
import { menu } from "./menu.js";
import { complain } from "./message.js";
import { untrusted } from "./trust.js";
import type { World } from "./world.js";

type Command = (world: World, target?: vscode.Uri) => unknown;

const table: Record<string, Command> = {
	login,
	logout,
	download,
	downloadAgain,
	create,
	update,
	sendUpdate: (w, diff) => w.reviews.decide(diff, true),
	dropUpdate: (w, diff) => w.reviews.decide(diff, false),
	dryRun,
	validate,
	checkWorkspace,
	fixAll,
	restart: (w) => w.server.restart(),
	showLog: (w) => w.server.log.show(),
	menu,
};

/** Registers every command. What goes wrong in one is shown. What wants trust says so in package.json, for the menus. */
export function register(world: World): vscode.Disposable[] {
	const wary = world.manifest.contributes.commands.filter((c) => c.enablement?.includes("isWorkspaceTrusted"));
	return Object.entries(table).map(([name, run]) => {
		const id = `paconnLs.${name}`;
		return vscode.commands.registerCommand(id, async (target?: unknown) => {
			try {
				if (!vscode.workspace.isTrusted && wary.some((c) => c.command === id)) {
					throw untrusted();
				}
				return await run(world, target instanceof vscode.Uri ? target : undefined);
			} catch (e) {
				complain(world, e, name === "login" ? undefined : () => vscode.commands.executeCommand(id, target));
				return undefined;
			}
		});
	});
}
