// Running a verb of the server.

import type * as vscode from "vscode";
import { ExecuteCommandRequest, WorkDoneProgress } from "vscode-languageclient/node";
import { withProgress } from "./progress.js";
import type { Verbs } from "./results.js";
import type { World } from "./world.js";

/** Arguments of a verb; folder is the path of the folder that it is for. */
export type Args = Record<string, unknown> & { folder?: string };

let calls = 0;

/** Runs a verb and shows its progress, which has a button to cancel it. */
export function run<V extends keyof Verbs>(w: World, verb: V, title: string, args: Args): Promise<Verbs[V]> {
	return withProgress(title, (step, token) => quietly(w, verb, args, token, step));
}

/** Runs a verb without showing anything. */
export async function quietly<V extends keyof Verbs>(
	w: World,
	verb: V,
	args: Args = {},
	token?: vscode.CancellationToken,
	step: (message: string) => void = () => undefined,
): Promise<Verbs[V]> {
	const client = await w.server.running();
	const workDoneToken = `paconnLs ${++calls}`;
	const reports = client.onProgress(WorkDoneProgress.type, workDoneToken, (v) => {
		if (v.kind !== "end" && v.message) {
			step(v.message);
		}
	});
	try {
		const params = { command: `paconn.${verb}`, arguments: [args], workDoneToken };
		return await client.sendRequest(ExecuteCommandRequest.type, params, token);
	} finally {
		reports.dispose();
	}
}
