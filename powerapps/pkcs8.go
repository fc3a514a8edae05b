package powerapps

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"hash"
)

// encryptedKey is EncryptedPrivateKeyInfo of RFC 5958.
type encryptedKey struct {
	Algorithm pkix.AlgorithmIdentifier
	Data      []byte
}

// pbes2 is PBES2-params of RFC 8018.
type pbes2 struct {
	Derivation pkix.AlgorithmIdentifier
	Encryption pkix.AlgorithmIdentifier
}

// pbkdf2Params is PBKDF2-params of RFC 8018.
type pbkdf2Params struct {
	Salt       []byte
	Iterations int
	KeyLength  int                      `asn1:"optional"`
	Function   pkix.AlgorithmIdentifier `asn1:"optional"`
}

var (
	oidPBES2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}
	oidPBKDF2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 12}
)

// keyLengths are the ciphers that a key may be encrypted with: AES in CBC mode.
var keyLengths = map[string]int{
	"2.16.840.1.101.3.4.1.2": 16, "2.16.840.1.101.3.4.1.22": 24, "2.16.840.1.101.3.4.1.42": 32,
}

// derivations are the functions that a key is derived with: HMAC with these hashes.
var derivations = map[string]func() hash.Hash{
	"": sha1.New, "1.2.840.113549.2.7": sha1.New, "1.2.840.113549.2.9": sha256.New,
	"1.2.840.113549.2.10": sha512.New384, "1.2.840.113549.2.11": sha512.New,
}

// mostIterations bounds the work that a file can ask for.
const mostIterations = 10_000_000

var errProtection = errors.New("its key is protected in a way that is not known: convert it with openssl pkcs8 -topk8 -v2 aes-256-cbc")

// decryptKey reads a private key that is protected with a password, as OpenSSL 1.1 and later write it.
func decryptKey(der []byte, password string) (crypto.PrivateKey, error) {
	if password == "" {
		return nil, errNoPassword
	}
	var outer encryptedKey
	var scheme pbes2
	if !parse(der, &outer) || !outer.Algorithm.Algorithm.Equal(oidPBES2) || !parse(outer.Algorithm.Parameters.FullBytes, &scheme) {
		return nil, errProtection
	}
	block, iv, err := scheme.cipher(password)
	if err != nil {
		return nil, err
	}
	if len(outer.Data) == 0 || len(outer.Data)%aes.BlockSize != 0 {
		return nil, errProtection
	}
	inner := make([]byte, len(outer.Data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(inner, outer.Data)
	padding := int(inner[len(inner)-1])
	if padding == 0 || padding > aes.BlockSize {
		return nil, errWrongPassword
	}
	key, err := x509.ParsePKCS8PrivateKey(inner[:len(inner)-padding])
	if err != nil {
		return nil, errWrongPassword
	}
	return key, nil
}

// cipher returns what a key is encrypted with.
func (s pbes2) cipher(password string) (cipher.Block, []byte, error) {
	var derivation pbkdf2Params
	var iv []byte
	length, known := keyLengths[s.Encryption.Algorithm.String()]
	if !known || !s.Derivation.Algorithm.Equal(oidPBKDF2) || !parse(s.Derivation.Parameters.FullBytes, &derivation) ||
		!parse(s.Encryption.Parameters.FullBytes, &iv) || len(iv) != aes.BlockSize {
		return nil, nil, errProtection
	}
	function, known := derivations[derivation.Function.Algorithm.String()]
	if !known || derivation.Iterations < 1 || derivation.Iterations > mostIterations {
		return nil, nil, errProtection
	}
	key, err := pbkdf2.Key(function, password, derivation.Salt, derivation.Iterations, length)
	if err != nil {
		return nil, nil, errProtection
	}
	block, err := aes.NewCipher(key)
	return block, iv, err
}

func parse(der []byte, into any) bool {
	rest, err := asn1.Unmarshal(der, into)
	return err == nil && len(rest) == 0
}
