// What the server asks while a verb runs. A question that it withdraws is closed.

import * as path from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { DeviceCode } from "./device.js";
import { type Ask, type back, pick, type } from "./input.js";
import { environmentItems } from "./pick.js";
import { hide } from "./redact.js";
import { forLabel, forMessage } from "./words.js";
import type { World } from "./world.js";

interface Choice {
	what: string;
	options: { id: string; title: string }[];
	folder: string;
}

interface Question {
	question: string;
	folder: string;
}

type Token = vscode.CancellationToken;

/** Has the client answer what the server asks. Null is the answer of whoever closes a question. */
export function answerQuestions(w: World, client: LanguageClient): vscode.Disposable {
	return vscode.Disposable.from(
		client.onRequest("paconn/choose", async (c: Choice, token: Token) => {
			const id = await choose(w, c, token);
			return typeof id === "string" ? { id } : null;
		}),
		client.onRequest("paconn/confirm", ({ question }: Question) => confirm(question)),
		client.onRequest("paconn/secret", async (q: Question, token: Token) => {
			const secret = await askSecret(q, token);
			return typeof secret === "string" ? { secret } : null;
		}),
		client.onRequest("paconn/deviceCode", async (code: DeviceCode, token: Token) => ({
			cancel: await w.device.show(code, token),
		})),
		client.onNotification("paconn/connectors", ({ folders }: { folders: string[] }) => w.folders.are(folders)),
	);
}

function choose(w: World, c: Choice, token: Token): Promise<string | typeof back | undefined> {
	const ask = askAbout(c.folder, token);
	if (c.what === "environment") {
		return pick(ask, "Which environment?", environmentItems(w, c.folder, c.options));
	}
	const items = c.options.map((o) => ({ label: forLabel(o.title), detail: forLabel(o.id), value: o.id }));
	return pick(ask, `Which ${c.what}?`, items);
}

// What a question is about stands in its title.
function askAbout(folder: string, token: Token): Ask {
	return { title: folder ? forLabel(path.basename(folder)) : "Power Connector", token };
}

async function confirm(question: string): Promise<{ yes: boolean } | null> {
	const answer = await vscode.window.showWarningMessage(forMessage(question), { modal: true }, "Yes", "No");
	return answer ? { yes: answer === "Yes" } : null;
}

// Asks for a text that is not shown, and keeps it out of the log.
async function askSecret({ question, folder }: Question, token: Token): Promise<string | typeof back | undefined> {
	const secret = await type(askAbout(folder, token), {
		prompt: `${forLabel(question)}. It is kept nowhere.`,
		password: true,
	});
	if (typeof secret === "string") {
		hide(secret);
	}
	return secret;
}
