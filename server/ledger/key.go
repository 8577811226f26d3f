package ledger

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// KeyName is the name that heads are signed under.
const KeyName = "jiangtai"

// Key signs heads. Public is the text that verifies them.
type Key struct {
	note.Signer
	Public string
}

// Verifiers are the verifiers of this key alone.
func (k *Key) Verifiers() note.Verifiers {
	v, err := note.NewVerifier(k.Public)
	if err != nil {
		// Public was made by this package from the key itself.
		panic(err)
	}
	return note.VerifierList(v)
}

// NewKey makes a key; its text is what ParseKey reads.
func NewKey(random io.Reader) (*Key, string, error) {
	secret, public, err := note.GenerateKey(random, KeyName)
	if err != nil {
		return nil, "", fmt.Errorf("ledger: make a key: %w", err)
	}
	text := secret + "\n" + public + "\n"
	k, err := ParseKey(text)
	return k, text, err
}

// ParseKey reads a key's two lines: the secret and the public one.
func ParseKey(text string) (*Key, error) {
	secret, public, ok := strings.Cut(strings.TrimSpace(text), "\n")
	if !ok {
		return nil, errors.New("ledger: a key file has two lines")
	}
	signer, err := note.NewSigner(strings.TrimSpace(secret))
	if err != nil {
		return nil, fmt.Errorf("ledger: read the key: %w", err)
	}
	public = strings.TrimSpace(public)
	verifier, err := note.NewVerifier(public)
	if err != nil {
		return nil, fmt.Errorf("ledger: read the public key: %w", err)
	}
	if verifier.KeyHash() != signer.KeyHash() || verifier.Name() != signer.Name() {
		return nil, errors.New("ledger: the two lines of the key file are not of one key")
	}
	return &Key{Signer: signer, Public: public}, nil
}

// publicKey reads a public key in its one spelling.
func publicKey(text string) (note.Verifier, error) {
	v, err := note.NewVerifier(text)
	if err != nil {
		return nil, fmt.Errorf("ledger: read the public key: %w", err)
	}
	encoded, ok := strings.CutPrefix(text, fmt.Sprintf("%s+%08x+", v.Name(), v.KeyHash()))
	if _, err := base64.StdEncoding.Strict().DecodeString(encoded); err != nil || !ok {
		return nil, errors.New("ledger: the public key is spelled in another way")
	}
	return v, nil
}

// KeyFile opens the key at path, or makes one there that only its owner can
// read. It refuses a file that others can read.
func KeyFile(path string, random io.Reader) (*Key, error) {
	b, err := os.ReadFile(path)
	if err == nil {
		return openKey(path, string(b))
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("ledger: read key %s: %w", path, err)
	}
	k, text, err := NewKey(random)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("ledger: make key %s: %w", path, err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("ledger: write key %s: %w", path, err)
	}
	return k, nil
}

func openKey(path, text string) (*Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("ledger: look at key %s: %w", path, err)
	}
	if othersCanRead(info.Mode()) {
		return nil, fmt.Errorf("ledger: key %s can be read by others (mode %o); chmod 600", path, info.Mode().Perm())
	}
	return ParseKey(text)
}
