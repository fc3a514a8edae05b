import assert from "node:assert/strict";
import { test } from "node:test";
import { isPage } from "../../src/url.js";

test("only pages are opened: over TLS, or on this machine", () => {
	const cases: [string, boolean][] = [
		["https://microsoft.com/devicelogin", true],
		["https://127.0.0.1:8443/x", true],
		["http://127.0.0.1:8080/x?y=1", true],
		["http://localhost/x", true],
		["http://[::1]:80/", true],
		["http://example.com/", false],
		["http://localhost.example.com/", false],
		["https://user@example.com/", false],
		["file:///etc/passwd", false],
		["command:workbench.action.quit", false],
		["vscode://settings", false],
		["javascript:alert(1)", false],
		["no address", false],
	];
	for (const [address, want] of cases) {
		assert.equal(isPage(address), want, address);
	}
});
