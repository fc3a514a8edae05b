// The language server of this window: when it is started, and what becomes of one that ends.

import { statSync } from "node:fs";
import * as os from "node:os";
import * as vscode from "vscode";
import {
	CloseAction,
	type CloseHandlerResult,
	ErrorAction,
	type ErrorHandler,
	LanguageClient,
	State,
} from "vscode-languageclient/node";
import { Obstacle } from "./failure.js";
import { withoutSecrets } from "./log.js";
import { clientOptions } from "./options.js";
import { ServerProcess } from "./process.js";
import { findServer } from "./server.js";

/** What of the server is shown. */
export type Condition = "starting" | "running" | "stopped" | "failed";

// How long a server may take to say its first word, on a machine that is busy.
const patience = 30_000;

// The library shows what goes wrong, too. It is shown here, once, with a way out.
class Client extends LanguageClient {
	override error(message: string, data?: unknown): void {
		super.error(message, data, false);
	}
}

/** The server of this window, which may be stopped, or never have been found. */
export class Server implements vscode.Disposable {
	private client: Client | undefined;
	private process: Promise<ServerProcess> | undefined;
	private handlers: vscode.Disposable | undefined;
	private turn: Promise<void> = Promise.resolve();
	private next: Promise<void> | undefined;
	private beginning = false;
	private disposed = false;
	private readonly changed = new vscode.EventEmitter<void>();
	readonly log = withoutSecrets(vscode.window.createOutputChannel("Power Connector", { log: true }));

	/** Tells when the condition is another. */
	readonly onChange = this.changed.event;

	/** Why the server does not run, when that is no wish of anybody. */
	problem: Obstacle | undefined;

	constructor(
		private readonly extensionPath: string,
		private readonly prepare: (client: LanguageClient) => vscode.Disposable,
		private readonly complain: (problem: Obstacle) => void,
	) {}

	/** Starts the server, in the place of one that runs or is being started. Its problems are shown, not thrown. */
	restart(): Promise<void> {
		if (!this.next) {
			this.next = this.turn.then(() => {
				this.next = undefined;
				return this.start();
			});
			this.turn = this.next;
			if (this.client?.state === State.Starting) {
				this.kill(); // it may never answer
			}
		}
		return this.next;
	}

	private async start(): Promise<void> {
		await this.stop();
		if (this.disposed) {
			return;
		}
		this.problem = undefined;
		const giveUp = setTimeout(() => {
			this.fail(new Obstacle("The program that was started as the language server does not answer.", wrongProgram));
			this.kill();
		}, patience);
		this.beginning = true;
		try {
			this.client = this.create();
			await this.client.start();
		} catch (e) {
			this.fail(asObstacle(e));
		} finally {
			this.beginning = false;
			clearTimeout(giveUp);
		}
	}

	/** The client of a server that runs, once it does. */
	async running(): Promise<LanguageClient> {
		for (let turn: Promise<void> | undefined; turn !== this.turn; await turn) {
			turn = this.turn;
		}
		if (this.client?.state === State.Starting) {
			await this.client.start().catch(() => undefined); // which the library began itself, after the server had died
		}
		if (!this.client?.isRunning()) {
			throw this.problem ?? new Obstacle("The language server does not run.", ["restart", "showLog"]);
		}
		return this.client;
	}

	get condition(): Condition {
		if (this.problem) {
			return "failed";
		}
		switch (this.client?.state) {
			case State.Running:
				return "running";
			case State.Starting:
				return "starting";
			default:
				return this.next ? "starting" : "stopped";
		}
	}

	/** The version of a server that runs. */
	get version(): string {
		return this.client?.initializeResult?.serverInfo?.version ?? "";
	}

	private kill(): void {
		this.process?.then(
			(p) => p.kill(),
			() => undefined,
		);
	}

	private async stop(): Promise<void> {
		const { client, handlers } = this;
		const process = await this.process?.catch(() => undefined);
		this.client = this.process = this.handlers = undefined;
		if (client?.isRunning()) {
			await client.dispose(1500).catch((e) => this.log.warn(`The server did not end well: ${e}`));
		} else {
			process?.kill();
		}
		await process?.end();
		handlers?.dispose();
	}

	/** Ends the server, for good. */
	async end(): Promise<void> {
		this.disposed = true;
		await this.stop();
	}

	dispose(): void {
		void this.end();
		this.changed.dispose();
		this.log.dispose();
	}

	private create(): Client {
		const found = findServer({
			env: process.env,
			setting: vscode.workspace.getConfiguration("paconn").get("server.path", ""),
			extensionPath: this.extensionPath,
			home: os.homedir(),
			platform: process.platform,
			isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
		});
		this.log.info(`The server is ${found.path}: ${found.from}`);
		const launch = async () => {
			if (this.disposed || client !== this.client) {
				throw new Error("the server is not wanted any more");
			}
			this.process = ServerProcess.start(found.path);
			return (await this.process).child;
		};
		const client: Client = new Client(
			"paconn",
			"Power Connector",
			launch,
			clientOptions(this.log, {
				// A server that died is written to until its end is noticed, and the library would give up over that.
				error: () => ({ action: ErrorAction.Continue, handled: true }),
				closed: () => this.closed(client, usual),
			}),
		);
		const usual = client.createDefaultErrorHandler();
		this.handlers = this.prepare(client);
		client.onDidChangeState((e) => this.follow(client, e.newState));
		return client;
	}

	private follow(client: Client, state: State): void {
		if (client === this.client && state === State.StartFailed && !this.beginning) {
			this.fail(new Obstacle("The language server ended, and could not be started again.", stopped));
		}
		this.changed.fire();
	}

	// A server that ran is started again, but not for ever.
	private async closed(client: Client, handler: ErrorHandler): Promise<CloseHandlerResult> {
		if (client !== this.client || this.next || !client.initializeResult) {
			return { action: CloseAction.DoNotRestart, handled: true };
		}
		const usual = await handler.closed();
		if (usual.action === CloseAction.DoNotRestart) {
			this.fail(
				new Obstacle("The language server ended five times within three minutes, and is not started again.", stopped),
			);
		}
		return { ...usual, handled: true };
	}

	private fail(problem: Obstacle): void {
		if (this.disposed || this.next || this.problem) {
			return; // nobody waits for that one, or it has been told why
		}
		this.problem = problem;
		this.changed.fire();
		this.complain(problem);
	}
}

const wrongProgram: Obstacle["steps"] = ["openSettings", "restart", "showLog"];
const stopped: Obstacle["steps"] = ["restart", "showLog"];

function asObstacle(e: unknown): Obstacle {
	const message = e instanceof Error ? e.message : String(e);
	const ended = /disposed|closed|EPIPE|ECONNRESET/.test(message); // whatever notices it first
	return new Obstacle(
		ended ? "The program that was started as the language server ended at once." : message,
		wrongProgram,
	);
}
