import assert from "node:assert/strict";
import { test } from "node:test";
import { found } from "../../src/found.js";
import { count, forLabel, forMessage, sentence, shortEnvironment } from "../../src/words.js";

test("what strangers wrote is neither link nor icon nor hidden", () => {
	const messages: [string, string][] = [
		["[Update](command:workbench.action.quit)", "[Update] (command:workbench.action.quit)"],
		["see [it](https://example.com)", "see [it] (https://example.com)"],
		["Pets [v2] (new)", "Pets [v2] (new)"],
		["a\u0007b\u202ec", "a b c"],
		["two\nlines", "two\nlines"],
	];
	for (const [text, want] of messages) {
		assert.equal(forMessage(text), want);
	}
	const labels: [string, string][] = [
		["$(check) Signed by Microsoft", "$ (check) Signed by Microsoft"],
		["two\r\nlines", "two lines"],
		["\u2066Pets", " Pets"],
		["Pets for $5", "Pets for $5"],
		["[Pets](command:workbench.action.quit)", "[Pets] (command:workbench.action.quit)"],
	];
	for (const [text, want] of labels) {
		assert.equal(forLabel(text), want);
	}
});

test("an environment has a short name", () => {
	const cases: [string, string | undefined, string][] = [
		["33333333-dddd-4eee-8fff-444444444444", "Contoso", "Contoso"],
		["33333333-dddd-4eee-8fff-444444444444", undefined, "environment 33333333…"],
		["33333333-dddd-4eee-8fff-444444444444", "33333333-dddd-4eee-8fff-444444444444", "environment 33333333…"],
		["Default-11111111-aaaa-4bbb-8ccc-222222222222", undefined, "default environment"],
		["Default-11111111-aaaa-4bbb-8ccc-222222222222", "Contoso (default)", "Contoso (default)"],
		["My environment", undefined, "My environment"],
		["x", `${"long ".repeat(10)}`, "long long long long long long…"],
	];
	for (const [id, title, want] of cases) {
		assert.equal(shortEnvironment(id, title), want);
	}
});

test("numbers and sentences", () => {
	assert.deepEqual([count(0, "file"), count(1, "file"), count(2, "file")], ["0 files", "1 file", "2 files"]);
	assert.deepEqual([sentence("it is"), sentence("It is."), sentence("why?")], ["It is.", "It is.", "Why?"]);
	assert.equal(found([1, 2, 2, 3, 3, 4]), "1 error, 2 warnings, 2 information, 1 hint");
	assert.equal(found([]), "");
});
