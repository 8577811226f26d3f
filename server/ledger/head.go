package ledger

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Head is the state of a ledger after a commit (账本头): how many records, the
// root over them, and the last record's hash.
type Head struct {
	Ledger ID
	Size   uint64
	Root   Hash
	Chain  Hash
}

const originPrefix = "jiangtai/ledger/"

var errHead = errors.New("ledger: not a head")

// ErrForeignKey says that none of the known keys signed a head.
var ErrForeignKey = errors.New("ledger: signed with an unknown key")

// Text is the head as it is signed.
func (h Head) Text() string {
	b := make([]byte, 0, 200)
	b = append(b, originPrefix...)
	b = appendUUID(b, h.Ledger)
	b = append(b, '\n')
	b = strconv.AppendUint(b, h.Size, 10)
	b = append(b, '\n')
	b = base64.StdEncoding.AppendEncode(b, h.Root[:])
	b = append(b, "\nchain "...)
	b = base64.StdEncoding.AppendEncode(b, h.Chain[:])
	b = append(b, '\n')
	return string(b)
}

// Sign makes the note of the head.
func (h Head) Sign(s note.Signer) (string, error) {
	msg, err := note.Sign(&note.Note{Text: h.Text()}, s)
	if err != nil {
		return "", fmt.Errorf("ledger: sign head %d: %w", h.Size, err)
	}
	return string(msg), nil
}

// OpenHead checks a note's signature and reads its head. A note that only others
// have signed is ErrForeignKey.
func OpenHead(msg string, known note.Verifiers) (Head, error) {
	n, err := note.Open([]byte(msg), known)
	var foreign *note.UnverifiedNoteError
	if errors.As(err, &foreign) {
		err = ErrForeignKey
	}
	if err != nil {
		return Head{}, fmt.Errorf("ledger: open head: %w", err)
	}
	for _, sig := range n.Sigs {
		// The note package forgives a changed last bit of the base64.
		if _, err := base64.StdEncoding.Strict().DecodeString(sig.Base64); err != nil {
			return Head{}, fmt.Errorf("ledger: open head: %w", err)
		}
	}
	return ParseHead(n.Text)
}

// ParseHead reads a head's text; it checks no signature.
func ParseHead(text string) (Head, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 || lines[4] != "" {
		return Head{}, errHead
	}
	id, ok := parseUUID(strings.TrimPrefix(lines[0], originPrefix))
	size, err := strconv.ParseUint(lines[1], 10, 63)
	root, rootOK := parseHash(lines[2])
	chain, chainOK := parseHash(strings.TrimPrefix(lines[3], "chain "))
	h := Head{Ledger: id, Size: size, Root: root, Chain: chain}
	// Writing it again refuses every other spelling of the same head.
	if !ok || err != nil || !rootOK || !chainOK || h.Text() != text {
		return Head{}, errHead
	}
	return h, nil
}

func parseHash(s string) (Hash, bool) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(b) != len(Hash{}) {
		return Hash{}, false
	}
	return Hash(b), true
}
