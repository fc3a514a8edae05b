// Running a verb of the server, with progress, and showing how it failed.

import * as vscode from "vscode";
import { ExecuteCommandRequest, WorkDoneProgress } from "vscode-languageclient/node";
import { describe, type Step } from "./failure.js";
import type { Verbs } from "./results.js";
import type { World } from "./world.js";

/** Arguments of a verb; folder is the path of the folder that it is for. */
export type Args = Record<string, unknown> & { folder?: string };

let calls = 0;

/** Runs a verb and shows its progress, which has a button to cancel it. */
export function run<V extends keyof Verbs>(w: World, verb: V, title: string, args: Args): Promise<Verbs[V]> {
	const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
	return Promise.resolve(
		vscode.window.withProgress(options, async (progress, token) => {
			const result = await quietly(w, verb, args, token, (message) => progress.report({ message }));
			for (const note of result.notes ?? []) {
				w.server.log.info(note);
			}
			return result;
		}),
	);
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
	w.memory.folderInHand = args.folder ?? "";
	try {
		const params = { command: `paconn.${verb}`, arguments: [args], workDoneToken };
		return await client.sendRequest(ExecuteCommandRequest.type, params, token);
	} finally {
		reports.dispose();
	}
}

const labels: Record<Step, string> = {
	signIn: "Sign In",
	showProblems: "Show Problems",
	copyDetails: "Copy Details",
	showLog: "Show Log",
};

/** Shows how something failed, and what can be done about it. What was cancelled is not shown. */
export async function complain(w: World, error: unknown): Promise<void> {
	const failure = describe(error);
	w.server.log.error(failure.details);
	if (failure.cancelled) {
		return;
	}
	const picked = await vscode.window.showErrorMessage(failure.text, ...failure.steps.map((s) => labels[s]));
	switch (failure.steps.find((s) => labels[s] === picked)) {
		case "signIn":
			await vscode.commands.executeCommand("paconnLs.login");
			break;
		case "showProblems":
			await vscode.commands.executeCommand("workbench.actions.view.problems");
			break;
		case "copyDetails":
			await vscode.env.clipboard.writeText(failure.details);
			break;
		case "showLog":
			w.server.log.show();
	}
}

/** A message at the end, with next steps. */
export async function tell(message: string, steps: Record<string, () => unknown>): Promise<void> {
	const picked = await vscode.window.showInformationMessage(message, ...Object.keys(steps));
	if (picked) {
		await steps[picked]?.();
	}
}
