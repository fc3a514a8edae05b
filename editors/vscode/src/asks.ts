// What the server asks while a verb runs.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { DeviceCode } from "./device.js";
import { environmentItems, pick } from "./pick.js";
import { hide } from "./redact.js";
import type { World } from "./world.js";

interface Choice {
	what: string;
	options: { id: string; title: string }[];
}

/** Has the client answer what the server asks. */
export function answerQuestions(w: World, client: LanguageClient): vscode.Disposable {
	return vscode.Disposable.from(
		client.onRequest("paconn/choose", async (c: Choice) => {
			const id = await choose(w, c);
			return id === undefined ? null : { id };
		}),
		client.onRequest("paconn/confirm", async ({ question }: { question: string }) => ({
			yes: (await vscode.window.showWarningMessage(question, { modal: true }, "Yes")) === "Yes",
		})),
		client.onRequest("paconn/secret", async ({ question }: { question: string }) => {
			const secret = await askSecret(question);
			return secret === undefined ? null : { secret };
		}),
		client.onRequest("paconn/deviceCode", async (code: DeviceCode) => ({ cancel: await w.device.show(code) })),
	);
}

function choose(w: World, c: Choice): Promise<string | undefined> {
	if (c.what === "environment") {
		return pick("Which environment?", environmentItems(w, w.memory.folderInHand, c.options));
	}
	const items = c.options.map((o) => ({ label: o.title, detail: o.id, value: o.id }));
	return pick(`Which ${c.what}?`, items);
}

/** Asks for a text that is not shown, and keeps it out of the log. */
export async function askSecret(question: string): Promise<string | undefined> {
	const options = {
		title: question,
		password: true,
		ignoreFocusOut: true,
		prompt: "It is sent to the service and kept nowhere here.",
	};
	const secret = await vscode.window.showInputBox(options);
	hide(secret ?? "");
	return secret;
}
