// Messages to the person. None is a question: a message may go away by itself, so nothing waits for one.
import * as vscode from "vscode";
import { describe, type Failure, type Step } from "./failure.js";
import { forMessage } from "./words.js";
import type { World } from "./world.js";

/** What can be done next, by the text of its button. */
export type Next = Record<string, () => unknown>;

type Show = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

/** Says how something ended. */
export function tell(w: World, message: string, next: Next = {}): void {
	say(w, vscode.window.showInformationMessage, message, next);
}

/** Says in the status bar, for a moment, what need not be answered to. */
export function murmur(message: string): void {
	vscode.window.setStatusBarMessage(forMessage(message), 8000);
}

/** Shows how something failed, and what can be done about it; again does it again. What was cancelled is not shown. */
export function complain(w: World, error: unknown, again?: () => unknown): void {
	const failure = describe(error);
	if (failure.cancelled) {
		w.server.log.info(failure.details);
		return;
	}
	w.server.log[failure.mild ? "info" : "error"](failure.details);
	if (failure.steps.includes("signIn")) {
		void w.status.refresh(); // who was signed in is not any more, in a terminal for example
	}
	const show = failure.mild ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
	say(w, show, failure.text, nextOf(w, failure, again));
}

function say(w: World, show: Show, message: string, next: Next): void {
	const act = async () => {
		const picked = await show(forMessage(message), ...Object.keys(next));
		await (picked && next[picked]?.());
	};
	act().catch((e) => complain(w, e));
}

const labels: Record<Step, string> = {
	signIn: "Sign In",
	showProblems: "Show Problems",
	copyDetails: "Copy Details",
	showLog: "Show Log",
	openFolder: "Open Folder",
	download: "Download Connector",
	restart: "Restart",
	openSettings: "Open Settings",
	trust: "Manage Trust",
};

const commands: Partial<Record<Step, [string, ...unknown[]]>> = {
	signIn: ["paconnLs.login"],
	showProblems: ["workbench.actions.view.problems"],
	openFolder: ["workbench.action.files.openFolder"],
	download: ["paconnLs.download"],
	restart: ["paconnLs.restart"],
	openSettings: ["workbench.action.openSettings", "paconn.server.path"],
	trust: ["workbench.trust.manage"],
};

function nextOf(w: World, failure: Failure, again?: () => unknown): Next {
	const next: Next = Object.fromEntries(failure.steps.map((step) => [labels[step], () => take(w, step, failure)]));
	return again && labels.signIn in next ? { ...next, [labels.signIn]: () => signInAnd(again) } : next;
}

// Goes on with what wanted somebody to be signed in.
async function signInAnd(again: () => unknown): Promise<void> {
	if (await vscode.commands.executeCommand<boolean>("paconnLs.login")) {
		await again();
	}
}

function take(w: World, step: Step, failure: Failure): unknown {
	const command = commands[step];
	if (command) {
		return vscode.commands.executeCommand(...command);
	}
	return step === "copyDetails" ? vscode.env.clipboard.writeText(failure.details) : w.server.log.show();
}
