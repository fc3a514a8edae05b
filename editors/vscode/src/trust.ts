// What a workspace that is not trusted may not have done.
import * as vscode from "vscode";
import { Obstacle } from "./failure.js";

// The verbs that read what a workspace says of the service, and talk to it.
const deploying = ["login", "list", "download", "create", "update", "validate"];

export function untrusted(): Obstacle {
	return new Obstacle("This workspace is not trusted: its files are checked, but nothing is deployed from it.", [
		"trust",
	]);
}

/** Throws where a verb wants a workspace that is trusted, and this one is not. */
export function refuseUntrusted(verb: string): void {
	if (!vscode.workspace.isTrusted && deploying.includes(verb)) {
		throw untrusted();
	}
}
