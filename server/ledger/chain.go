package ledger

import (
	"crypto/sha256"
	"encoding/hex"
)

// Hash is a SHA-256.
type Hash [32]byte

// String is 64 lower-case hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// ID is a ledger's id: the 16 bytes of a UUID.
type ID [16]byte

// String writes the 8-4-4-4-12 form.
func (id ID) String() string {
	var b [36]byte
	return string(appendUUID(b[:0], id))
}

func appendUUID(b []byte, id [16]byte) []byte {
	b = hex.AppendEncode(b, id[0:4])
	b = append(b, '-')
	b = hex.AppendEncode(b, id[4:6])
	b = append(b, '-')
	b = hex.AppendEncode(b, id[6:8])
	b = append(b, '-')
	b = hex.AppendEncode(b, id[8:10])
	b = append(b, '-')
	return hex.AppendEncode(b, id[10:16])
}

func parseUUID(s string) (id [16]byte, ok bool) {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return id, false
	}
	var digits [32]byte
	n := copy(digits[:], s[:8])
	n += copy(digits[n:], s[9:13])
	n += copy(digits[n:], s[14:18])
	n += copy(digits[n:], s[19:23])
	copy(digits[n:], s[24:])
	_, err := hex.Decode(id[:], digits[:])
	return id, err == nil
}

// Domain bytes keep the three uses of SHA-256 apart. 0 and 1 are the tree's.
const (
	domainChain   = 0x10
	domainGenesis = 0x11
	domainText    = 0x12
)

// Genesis is the hash before a ledger's first record.
func Genesis(id ID) Hash {
	var b [17]byte
	b[0] = domainGenesis
	copy(b[1:], id[:])
	return sha256.Sum256(b[:])
}

// Chain is the hash of a record: over the hash before it and its body.
func Chain(prev Hash, body []byte) Hash {
	// Bodies are some 150 bytes: this buffer stays on the stack.
	var room [512]byte
	b := append(room[:0], domainChain)
	b = append(b, prev[:]...)
	b = append(b, body...)
	return sha256.Sum256(b)
}

// TextHash binds a remark to the record that carries its hash. The text lies
// beside the ledger, so that it can be erased while the chain still verifies.
func TextHash(markID [16]byte, text string) Hash {
	b := make([]byte, 0, 17+len(text))
	b = append(b, domainText)
	b = append(b, markID[:]...)
	b = append(b, text...)
	return sha256.Sum256(b)
}
