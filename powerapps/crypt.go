package powerapps

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A tokens file is a line that says how to read the rest, and the rest: JSON as it is, or a nonce and JSON encrypted with
// AES-256-GCM, which authenticates the line too.
//
//	paconn-ls tokens 1 aes-256-gcm "NAME OF THE KEY"
//	paconn-ls tokens 1 none
const (
	magic      = "paconn-ls tokens "
	version    = "1"
	cipherAES  = "aes-256-gcm"
	cipherNone = "none"
	keyLength  = 32
)

// header is what the first line of a tokens file says.
type header struct {
	Cipher string
	Key    string // name of the key in the keyring; "" when there is none
}

func (h header) encrypted() bool { return h.Cipher == cipherAES }

func (h header) line() string {
	text := magic + version + " " + h.Cipher
	if h.encrypted() {
		text += " " + strconv.QuoteToASCII(h.Key)
	}
	return text + "\n"
}

// split divides a file into header and body.
func split(data []byte) (header, []byte, error) {
	line, body, whole := bytes.Cut(data, []byte("\n"))
	head, err := parseHeader(string(line))
	if err == nil && !whole {
		err = errCut
	}
	return head, body, err
}

var (
	errCut      = errors.New("it was cut short or changed")
	errNotOurs  = errors.New("it is not a tokens file")
	errWrongKey = errors.New("it was cut short or changed, or its key is another one")
)

func parseHeader(line string) (header, error) {
	rest, ok := strings.CutPrefix(line, magic)
	if !ok {
		if strings.HasPrefix(magic, line) {
			return header{}, errCut
		}
		return header{}, errNotOurs
	}
	number, rest, _ := strings.Cut(rest, " ")
	if number != version {
		return header{}, fmt.Errorf("it is of version %.20q, and this program knows version %s", number, version)
	}
	if rest == cipherNone {
		return header{Cipher: cipherNone}, nil
	}
	name, ok := strings.CutPrefix(rest, cipherAES+" ")
	if !ok {
		return header{}, errNotOurs
	}
	key, err := strconv.Unquote(name)
	if err != nil {
		return header{}, errNotOurs
	}
	return header{Cipher: cipherAES, Key: key}, nil
}

// seal returns a file with contents; key is nil when they are not to be encrypted.
func seal(head header, key []byte, contents Contents) ([]byte, error) {
	plain, err := json.Marshal(contents)
	if err != nil {
		return nil, fmt.Errorf("tokens cannot be written: %w", err)
	}
	line := []byte(head.line())
	if !head.encrypted() {
		return append(append(line, plain...), '\n'), nil
	}
	gcm, err := newGCM(key)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize())
	rand.Read(nonce)
	return gcm.Seal(append(bytes.Clone(line), nonce...), nonce, plain, line), nil
}

// unseal opens the encrypted body of a file.
func unseal(head header, body, key []byte) (Contents, error) {
	gcm, err := newGCM(key)
	if err != nil {
		return Contents{}, err
	}
	if len(body) < gcm.NonceSize()+gcm.Overhead() {
		return Contents{}, errCut
	}
	nonce, sealed := body[:gcm.NonceSize()], body[gcm.NonceSize():]
	plain, err := gcm.Open(nil, nonce, sealed, []byte(head.line()))
	if err != nil {
		return Contents{}, errWrongKey
	}
	return decode(plain)
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// decode reads the JSON of a file. Its error tells nothing of what the file holds.
func decode(plain []byte) (Contents, error) {
	var contents Contents
	if json.Unmarshal(plain, &contents) != nil {
		return Contents{}, errCut
	}
	return contents, nil
}
