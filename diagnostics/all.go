package diagnostics

// All is every rule, in the order of their names.
var All = []*Rule{
	deprecatedKey,
	duplicateKey,
	extensionMisplaced,
	invalidValue,
	jsonSyntax,
	keyCase,
	missingKey,
	noEffect,
	unknownExtension,
	unknownKey,
	wrongType,
}
