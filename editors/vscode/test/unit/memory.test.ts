import assert from "node:assert/strict";
import { test } from "node:test";
import type * as vscode from "vscode";
import { Memory } from "../../src/memory.js";

function memento(): vscode.Memento {
	const all = new Map<string, unknown>();
	return {
		keys: () => [...all.keys()],
		get: <T>(key: string, otherwise?: T) => (all.get(key) ?? otherwise) as T,
		update: async (key: string, value: unknown) => void all.set(key, value),
	};
}

test("an environment is remembered for its folder, and offered first elsewhere", async () => {
	const memory = new Memory(memento(), memento());
	memory.learn([{ id: "one", title: "Development" }]);
	await memory.remember("/pets", "one");
	assert.equal(memory.of("/pets")?.title, "Development");
	assert.equal(memory.of("/toys"), undefined, "a folder passes for deployed where another one is");
	assert.equal(memory.environment("/toys")?.id, "one");
	assert.equal(memory.title("two"), "two");
});
