// Signing in and out.
import * as vscode from "vscode";
import { run, tell } from "./call.js";
import { describe } from "./failure.js";
import { pick, pickCloud } from "./pick.js";
import type { LoginResult } from "./results.js";
import type { World } from "./world.js";

const tenantToo = "tenant";

const means = [
	{
		label: "$(device-mobile) With a code",
		description: "device-code",
		detail: "In any browser, of this machine or another.",
		value: "device-code",
	},
	{ label: "$(globe) With the browser of this machine", description: "browser", value: "browser" },
	{ label: "$(key) As a service principal with a secret", description: "client-secret", value: "client-secret" },
	{
		label: "$(file-certificate) As a service principal with a certificate",
		description: "certificate",
		value: "certificate",
	},
	{ label: "$(link) As a service principal of a pipeline", description: "federated", value: "federated" },
	{ label: "$(server) As this machine", description: "managed-identity", value: "managed-identity" },
	{ label: "$(organization) In a certain directory…", detail: "Where you are a guest, for example.", value: tenantToo },
];

// What a way to sign in may lack, and how it is asked for. Secrets the server asks for itself.
const needs: Record<string, string> = {
	tenant: "Directory (tenant): its id or a domain",
	clientId: "Application (client) id",
	certificate: "Path of a PEM or PFX file with certificate and key",
};

export async function login(w: World): Promise<void> {
	const cloud = await pickCloud(w);
	if (!cloud) {
		return;
	}
	const args: Record<string, unknown> = { cloud, force: true };
	let how = await pick("How?", means);
	if (how === tenantToo) {
		args.tenant = await askFor("tenant");
		how = args.tenant
			? await pick(
					"How?",
					means.filter((m) => m.value !== tenantToo),
				)
			: undefined;
	}
	if (!how) {
		return;
	}
	const result = await signIn(w, { ...args, means: how }).finally(() => w.device.close());
	await w.status.refresh();
	if (result) {
		await tell(`${result.account.user} is signed in to the ${result.account.cloud} cloud.`, {
			"Download Connector": () => vscode.commands.executeCommand("paconnLs.download"),
		});
	}
}

// What is missing is asked for, one after the other.
async function signIn(w: World, args: Record<string, unknown>): Promise<LoginResult | undefined> {
	for (;;) {
		try {
			return await run(w, "login", "Signing in", args);
		} catch (e) {
			const need = describe(e).need;
			if (!need || !(need in needs) || args[need]) {
				throw e;
			}
			args[need] = await askFor(need);
			if (!args[need]) {
				return undefined;
			}
		}
	}
}

function askFor(need: string): Thenable<string | undefined> {
	return vscode.window.showInputBox({ title: needs[need], ignoreFocusOut: true });
}

export async function logout(w: World): Promise<void> {
	const { removed } = await run(w, "logout", "Signing out", {});
	await w.status.refresh();
	const who = removed.map((a) => a.user).join(", ");
	await tell(who ? `Signed out: ${who}.` : "Nobody was signed in.", {});
}
