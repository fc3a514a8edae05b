// What the commands work with.
import type { Server } from "./client.js";
import type { DeviceCodes } from "./device.js";
import type { Folders } from "./folders.js";
import type { Memory } from "./memory.js";
import type { Previews } from "./preview.js";
import type { Reviews } from "./review.js";
import type { Status } from "./status.js";

export interface CommandEntry {
	command: string;
	title: string;
	icon?: string;
	enablement?: string;
}

export interface World {
	/** What of package.json is used. */
	manifest: { contributes: { commands: CommandEntry[] } };
	server: Server;
	folders: Folders;
	memory: Memory;
	previews: Previews;
	reviews: Reviews;
	device: DeviceCodes;
	status: Status;
}
