// Signing in and out.
import * as vscode from "vscode";
import { quietly, run } from "./call.js";
import { describe } from "./failure.js";
import { type Answer, type Ask, back, type Item, pick, takeSteps, type } from "./input.js";
import { tell } from "./message.js";
import { pickCloud } from "./pick.js";
import type { Account, LoginResult } from "./results.js";
import { forLabel } from "./words.js";
import type { World } from "./world.js";

const tenantToo = "tenant";

const means: Item<string>[] = [
	{
		label: "$(device-mobile) With a code",
		description: "device-code",
		detail: "In any browser, of this machine or another.",
		value: "device-code",
	},
	{
		label: "$(globe) With the browser of this machine",
		description: "browser",
		detail: vscode.env.remoteName && "Not in a remote window: it is the other machine that waits for the answer.",
		value: "browser",
	},
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

/** Signs somebody in, and reports whether that was done. */
export async function login(w: World): Promise<boolean> {
	const args: Record<string, unknown> = { force: true };
	const keep = (name: string) => (answer: Answer<string>) => {
		args[name] = answer;
		return answer === back ? back : answer !== undefined;
	};
	const answered = await takeSteps("Sign In", [
		(ask) => pickCloud(w, ask).then(keep("cloud")),
		(ask) => askMeans(ask, args).then(keep("means")),
	]);
	if (!answered) {
		return false;
	}
	const result = await signIn(w, args).finally(() => w.device.close());
	await w.status.refresh();
	if (result) {
		tell(w, `${result.account.user} is signed in to the ${result.account.cloud} cloud.`, {
			"Download Connector": () => vscode.commands.executeCommand("paconnLs.download"),
		});
	}
	return result !== undefined;
}

// Asks how, and where somebody wants it in which directory.
async function askMeans(ask: Ask, args: Record<string, unknown>): Promise<Answer<string>> {
	const how = await pick(ask, "How?", means);
	if (how !== tenantToo) {
		return how;
	}
	args.tenant = await askFor(ask, "tenant");
	if (typeof args.tenant !== "string") {
		return args.tenant === back ? askMeans(ask, args) : undefined;
	}
	const others = means.filter((m) => m.value !== tenantToo);
	return pick(ask, `How, in ${forLabel(args.tenant)}?`, others);
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
			const answer = await askFor({ title: "Sign In" }, need);
			if (typeof answer !== "string") {
				return undefined;
			}
			args[need] = answer;
		}
	}
}

function askFor(ask: Ask, need: string): Promise<Answer<string>> {
	const wrong = (text: string) => (text.trim() === "" ? "It cannot be empty" : "");
	return type(ask, { prompt: needs[need], wrong });
}

const everybody = "everybody";

export async function logout(w: World): Promise<void> {
	const { accounts, variables } = await quietly(w, "status");
	const kept = variables ? accounts.slice(1) : accounts; // the first one is not kept: variables describe it
	const args = kept.length > 1 ? await pickAccount(kept) : kept.length === 1 ? {} : undefined;
	if (!args) {
		if (kept.length === 0) {
			tell(
				w,
				variables ? "Nobody is signed in but who is described by environment variables." : "Nobody is signed in.",
			);
		}
		return;
	}
	const { removed } = await run(w, "logout", "Signing out", args);
	await w.status.refresh();
	const who = removed.map((a) => a.user).join(", ");
	tell(w, who ? `Signed out: ${who}.` : "Nobody was signed in.");
}

// Which of several is signed out: the arguments that say so.
async function pickAccount(accounts: Account[]): Promise<Record<string, string> | undefined> {
	const items: Item<Account | typeof everybody>[] = accounts.map((a) => ({
		label: `$(account) ${forLabel(a.user)}`,
		description: forLabel(`${a.cloud} · ${a.tenant}`),
		value: a,
	}));
	const all = { label: "$(sign-out) All of them", value: everybody as typeof everybody };
	const picked = await pick({ title: "Sign Out" }, "Who signs out?", [...items, all]);
	if (!picked || picked === back) {
		return undefined;
	}
	if (picked === everybody) {
		return {};
	}
	return { cloud: picked.cloud, account: [picked.user, picked.tenantId || picked.tenant].filter(Boolean).join("/") };
}
