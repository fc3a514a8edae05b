package powerapps

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"

	"software.sslmate.com/src/go-pkcs12"
)

// CertificateError says what is wrong with the file of a certificate.
type CertificateError struct {
	Path    string
	Problem string
}

func (e *CertificateError) Error() string { return "the certificate " + e.Path + ": " + e.Problem }

// largestCertificate bounds what is read of a certificate's file.
const largestCertificate = 1 << 20

// readCertificate reads a certificate with those above it and its private key: PEM, or PKCS #12 (.pfx, .p12). The error is
// a *CertificateError.
func readCertificate(path, password string) ([]*x509.Certificate, crypto.PrivateKey, error) {
	wrong := func(problem string) ([]*x509.Certificate, crypto.PrivateKey, error) {
		return nil, nil, &CertificateError{Path: path, Problem: problem}
	}
	if path == "" {
		return wrong("no file is given")
	}
	data, err := readAtMost(path, largestCertificate)
	if err != nil {
		return wrong(withoutPath(err).Error())
	}
	if len(data) > largestCertificate {
		return wrong("it is too large to be a certificate")
	}
	read := fromPKCS12
	if bytes.Contains(data, []byte("-----BEGIN ")) {
		read = fromPEM
	}
	chain, key, err := read(data, password)
	if err != nil {
		return wrong(err.Error())
	}
	return chain, key, nil
}

func fromPKCS12(data []byte, password string) ([]*x509.Certificate, crypto.PrivateKey, error) {
	key, own, above, err := pkcs12.DecodeChain(data, password)
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword) && password == "":
		return nil, nil, errNoPassword
	case errors.Is(err, pkcs12.ErrIncorrectPassword):
		return nil, nil, errWrongPassword
	case err != nil:
		return nil, nil, errors.New("it can be read neither as PEM nor as PKCS #12 (PFX)")
	}
	return append([]*x509.Certificate{own}, above...), key, nil
}

var (
	errNoPassword    = errors.New("it is protected with a password: give it in " + envCertificatePassword)
	errWrongPassword = errors.New("the password is wrong")
)

func fromPEM(data []byte, password string) ([]*x509.Certificate, crypto.PrivateKey, error) {
	var chain []*x509.Certificate
	var key crypto.PrivateKey
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			c, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return nil, nil, errors.New("a certificate in it cannot be read")
			}
			chain = append(chain, c)
			continue
		}
		k, err := keyOf(block, password)
		if err != nil {
			return nil, nil, err
		}
		if k != nil {
			key = k
		}
	}
	switch {
	case len(chain) == 0:
		return nil, nil, errors.New("there is no certificate in it, only a key")
	case key == nil:
		return nil, nil, errors.New("there is no private key in it: give a file with both")
	}
	return chain, key, nil
}

// keyOf reads a block of PEM; the key is nil when there is none in it.
func keyOf(block *pem.Block, password string) (crypto.PrivateKey, error) {
	var key crypto.PrivateKey
	var err error
	switch block.Type {
	case "PRIVATE KEY":
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	case "ENCRYPTED PRIVATE KEY":
		return decryptKey(block.Bytes, password)
	case "RSA PRIVATE KEY":
		if block.Headers["DEK-Info"] != "" {
			return nil, errors.New("its key is protected in an old and weak way: convert it with openssl pkcs8 -topk8")
		}
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		return nil, errors.New("its key is not an RSA key, which Microsoft Entra wants")
	}
	if err != nil {
		return nil, errors.New("the private key in it cannot be read")
	}
	return key, nil
}
