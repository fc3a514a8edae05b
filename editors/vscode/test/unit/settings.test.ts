import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { settingsIn } from "../../src/settings.js";

test("settings.json tells where a connector is deployed", () => {
	const folder = mkdtempSync(join(tmpdir(), "paconn-ls-"));
	try {
		assert.deepEqual(settingsIn(folder), {});
		const cases: [string, object][] = [
			['\uFEFF{"environment": "e", "connectorId": "c"}', { environment: "e", connectorId: "c" }],
			['{"environment": "", "connectorId": null}', { environment: undefined, connectorId: undefined }],
			["null", { environment: undefined, connectorId: undefined }],
			['{"environment": ', {}],
		];
		for (const [text, want] of cases) {
			writeFileSync(join(folder, "settings.json"), text);
			assert.deepEqual(settingsIn(folder), want, text);
		}
	} finally {
		rmSync(folder, { recursive: true });
	}
});
