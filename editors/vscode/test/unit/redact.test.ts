import assert from "node:assert/strict";
import { test } from "node:test";
import { levelOf } from "../../src/log.js";
import { hide, redact } from "../../src/redact.js";

test("secrets are not in what is logged", () => {
	const secret = 'pass"word\\1';
	hide(secret);
	hide("");
	const cases: [string, string][] = [
		[`it was ${secret}`, "it was ***"],
		[JSON.stringify({ answer: secret }), '{"answer":"***"}'],
		['{"clientSecret": "never \\" typed here", "x": 1}', '{"clientSecret": "***", "x": 1}'],
		["nothing of the kind", "nothing of the kind"],
	];
	for (const [text, want] of cases) {
		assert.equal(redact(text), want);
	}
});

test("what the server writes to its standard error is logged as severe as it is", () => {
	const cases: [string, string][] = [
		['time=2024-01-01T00:00:00Z level=WARN msg="a setting cannot be followed"', "warn"],
		["time=2024-01-01T00:00:00Z level=ERROR msg=x", "error"],
		["level=INFO msg=level=ERROR", "info"],
		["level=DEBUG msg=x", "debug"],
		["panic: runtime error", "error"],
	];
	for (const [line, want] of cases) {
		assert.equal(levelOf(line), want, line);
	}
});
