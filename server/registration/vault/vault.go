package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
)

// KeySize is how many secret bytes a vault is made of: 32 seal, 32 index.
const KeySize = 64

// version stands before every sealed field and inside its seal, so that a later
// key can be told from this one.
const version = 1

var (
	errKey    = errors.New("vault: the key must have 64 bytes")
	errSealed = errors.New("vault: the field does not open: changed, moved, or of another key")
)

// Place is where a sealed field is stored.
type Place struct {
	Table, Row, Column string
}

// bytes is unambiguous: the lengths stand before the texts.
func (p Place) bytes() []byte {
	var out []byte
	for _, s := range []string{p.Table, p.Row, p.Column} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(s)))
		out = append(out, s...)
	}
	return append(out, version)
}

// Vault seals, opens and indexes. It is safe for concurrent use.
type Vault struct {
	aead  cipher.AEAD
	index []byte
}

// New makes a vault of KeySize secret bytes.
func New(key []byte) (*Vault, error) {
	if len(key) != KeySize {
		return nil, errKey
	}
	block, err := aes.NewCipher(key[:32])
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	return &Vault{aead: aead, index: append([]byte{}, key[32:]...)}, nil
}

// Seal makes a field unreadable for everyone without the key.
func (v *Vault) Seal(at Place, plain []byte) []byte {
	return v.aead.Seal([]byte{version}, nil, plain, at.bytes())
}

// Open gives back what was sealed for this very place.
func (v *Vault) Open(at Place, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 || sealed[0] != version {
		return nil, errSealed
	}
	plain, err := v.aead.Open(nil, nil, sealed[1:], at.bytes())
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

// Blind is the index of a text of a kind: equal for equal texts, and of no use
// without the key.
func (v *Vault) Blind(kind, text string) []byte {
	mac := hmac.New(sha256.New, v.index)
	mac.Write(binary.BigEndian.AppendUint32(nil, uint32(len(kind))))
	mac.Write([]byte(kind + text))
	return mac.Sum(nil)
}

// NewKey makes KeySize secret bytes.
func NewKey() []byte {
	key := make([]byte, KeySize)
	_, _ = rand.Read(key) // never fails, says its doc
	return key
}
