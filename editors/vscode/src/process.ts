// The process of the language server. It is started without the library's help, so that one that hangs can be ended.
import { type ChildProcess, spawn } from "node:child_process";
import * as os from "node:os";

/** How long a server that was asked to end may take. */
const grace = 2000;

export class ServerProcess {
	private readonly over: Promise<void>;

	private constructor(readonly child: ChildProcess) {
		this.over = new Promise((resolve) => child.once("exit", () => resolve()));
		child.on("error", () => undefined); // it cannot be killed, because it is gone
		child.stdin?.on("error", () => undefined); // nor written to
	}

	/** Starts the program, in a folder that is nobody's workspace. */
	static start(path: string): Promise<ServerProcess> {
		const child = spawn(path, ["serve"], { cwd: os.homedir(), windowsHide: true });
		return new Promise((resolve, reject) => {
			child.once("error", (e: NodeJS.ErrnoException) => reject(new Error(`${path} cannot be run: ${whyNot(e)}.`)));
			child.once("spawn", () => resolve(new ServerProcess(child)));
		});
	}

	/** Ends it at once. */
	kill(): void {
		this.child.kill("SIGKILL");
	}

	/** Waits until it has ended, and ends it when it takes too long. */
	async end(): Promise<void> {
		const timer = setTimeout(() => this.kill(), grace);
		await this.over;
		clearTimeout(timer);
	}
}

function whyNot(e: NodeJS.ErrnoException): string {
	switch (e.code) {
		case "EACCES":
		case "EPERM":
			return "that is not allowed";
		case "ENOENT":
			return "it is not there, or what it needs is not";
		case "ENOEXEC":
		case "UNKNOWN":
			return "it is no program for this machine";
		default:
			return e.code ?? e.message;
	}
}
