// What the commands work with.
import type * as vscode from "vscode";
import type { Server } from "./client.js";
import type { DeviceCodes } from "./device.js";
import type { Folders } from "./folders.js";
import type { Memory } from "./memory.js";
import type { Previews } from "./preview.js";
import type { Status } from "./status.js";

export interface World {
	context: vscode.ExtensionContext;
	server: Server;
	folders: Folders;
	memory: Memory;
	previews: Previews;
	device: DeviceCodes;
	status: Status;
}
