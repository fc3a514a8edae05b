// What the client library is told: what the server is shown, and what it may do in the editor.
import * as readline from "node:readline";
import type * as vscode from "vscode";
import { type ErrorHandler, type LanguageClientOptions, RevealOutputChannelOn } from "vscode-languageclient/node";
import { selector } from "./files.js";
import { levelOf } from "./log.js";
import { openPage } from "./page.js";
import { refuseUntrusted } from "./trust.js";

export function clientOptions(log: vscode.LogOutputChannel, errorHandler: ErrorHandler): LanguageClientOptions {
	return {
		errorHandler,
		documentSelector: selector,
		initializationOptions: { syntax: false, asks: true },
		initializationFailedHandler: () => false, // what is wrong is told by whoever started it
		outputChannel: log,
		traceOutputChannel: log,
		revealOutputChannelOn: RevealOutputChannelOn.Never,
		diagnosticCollectionName: "paconn",
		stdioOptions: {
			stdout: () => undefined, // is the protocol's
			stderr: (input) => readline.createInterface({ input }).on("line", (line) => log[levelOf(line)](line)),
		},
		middleware: {
			executeCommand: (command, args, next) => {
				refuseUntrusted(command.replace(/^paconn\./, ""));
				return next(command, args);
			},
			window: {
				showDocument: async (params, token, next) => {
					if (!params.external) {
						return next(params, token);
					}
					const success = await openPage(params.uri).catch((e) => {
						log.error(String(e));
						return false;
					});
					return { success };
				},
			},
		},
	};
}
