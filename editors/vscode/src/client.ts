// The language client: how the server is started, what it is shown, and what it may ask.

import { statSync } from "node:fs";
import * as os from "node:os";
import * as vscode from "vscode";
import {
	ErrorAction,
	type ErrorHandler,
	LanguageClient,
	type LanguageClientOptions,
	RevealOutputChannelOn,
	State,
} from "vscode-languageclient/node";
import { languageOf, patterns } from "./files.js";
import { withoutSecrets } from "./log.js";
import { findServer } from "./server.js";

/** The server of this window, which may be stopped, or never have been found. */
export class Server implements vscode.Disposable {
	private client: LanguageClient | undefined;
	private starting: Promise<void> | undefined;
	private prepared: vscode.Disposable | undefined;
	private readonly changed = new vscode.EventEmitter<State>();
	readonly log: vscode.LogOutputChannel;

	/** Tells when the server starts and stops. */
	readonly onState = this.changed.event;

	/** Why the server could not be started; "" when it could. */
	problem = "";

	constructor(
		private readonly context: vscode.ExtensionContext,
		private readonly prepare: (client: LanguageClient) => vscode.Disposable,
	) {
		this.log = withoutSecrets(vscode.window.createOutputChannel("Power Connector", { log: true }));
	}

	/** Starts the server, in the place of one that runs already. Its problems are shown, not thrown. */
	restart(): Promise<void> {
		this.starting = this.start();
		return this.starting;
	}

	private async start(): Promise<void> {
		await this.stop();
		this.problem = "";
		try {
			this.client = this.create();
			await this.client.start();
		} catch (e) {
			this.problem = e instanceof Error ? e.message : String(e);
			this.log.error(this.problem);
			this.changed.fire(State.Stopped);
			void this.complain();
		}
	}

	/** The client of a server that runs, once it does. */
	async running(): Promise<LanguageClient> {
		await this.starting;
		if (this.client?.state === State.Starting) {
			await this.client.start(); // which the client library began itself, after the server had died
		}
		if (!this.client?.isRunning()) {
			throw new Error(this.problem || "The language server does not run. Restart it, and look at the log.");
		}
		return this.client;
	}

	get state(): State {
		return this.client?.state ?? State.Stopped;
	}

	async stop(): Promise<void> {
		const client = this.client;
		this.client = undefined;
		this.prepared?.dispose();
		await client?.dispose(2000).catch((e) => this.log.warn(`The server did not end well: ${e}`));
	}

	dispose(): void {
		void this.stop();
		this.changed.dispose();
		this.log.dispose();
	}

	private create(): LanguageClient {
		const found = findServer({
			env: process.env,
			setting: vscode.workspace.getConfiguration("paconn").get("server.path", ""),
			extensionPath: this.context.extensionPath,
			home: os.homedir(),
			platform: process.platform,
			isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
		});
		this.log.info(`The server is ${found.path}: ${found.from}`);
		const client: LanguageClient = new LanguageClient(
			"paconn",
			"Power Connector",
			{ command: found.path, args: ["serve"] },
			this.options({
				// A server that died is written to until its end is noticed, and the library would give up over that.
				error: () => ({ action: ErrorAction.Continue, handled: true }),
				closed: () => usual.closed(),
			}),
		);
		const usual: ErrorHandler = client.createDefaultErrorHandler();
		this.prepared = this.prepare(client);
		client.onDidChangeState((e) => {
			this.changed.fire(e.newState);
		});
		return client;
	}

	private options(errorHandler: ErrorHandler): LanguageClientOptions {
		return {
			errorHandler,
			documentSelector: patterns.map((pattern) => ({ scheme: "file", language: languageOf(pattern), pattern })),
			initializationOptions: { syntax: false, asks: true },
			outputChannel: this.log,
			traceOutputChannel: this.log,
			revealOutputChannelOn: RevealOutputChannelOn.Never,
			diagnosticCollectionName: "paconn",
		};
	}

	private async complain(): Promise<void> {
		const settings = "Open Settings";
		const log = "Show Log";
		const picked = await vscode.window.showErrorMessage(this.problem, settings, log);
		if (picked === settings) {
			await vscode.commands.executeCommand("workbench.action.openSettings", "paconn.server.path");
		} else if (picked === log) {
			this.log.show();
		}
	}
}
