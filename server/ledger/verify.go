package ledger

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/note"
)

// Tampered says that an export is not what was signed. Seq is the first record
// that is not as it was; 0 when the export as a whole cannot be believed.
type Tampered struct {
	Seq    uint64
	Reason string
}

// Error names the record and the reason.
func (t *Tampered) Error() string {
	if t.Seq == 0 {
		return "ledger: the export cannot be believed: " + t.Reason
	}
	return fmt.Sprintf("ledger: record %d is not as it was: %s", t.Seq, t.Reason)
}

// Trust is what the verifier knows from elsewhere.
type Trust struct {
	// Keys verify the heads. Empty: the key that the export itself names, which
	// shows accidents and careless hands, but not somebody who signs anew.
	Keys note.Verifiers
	// Heads are notes seen elsewhere (a witness's file, a printed record, the
	// foot of a screen): the export must lead through each of them.
	Heads []string
	// Body looks into a record's body, when not nil: its sequence number, say.
	Body func(seq uint64, body []byte) error
}

// Verified is what an export that verifies holds.
type Verified struct {
	Opening
	Heads int
	Last  Head
	Texts int
}

// Verify reads an export and recomputes everything. A *Tampered error names
// the first bad record; any other error means that reading failed.
func Verify(r io.Reader, trust Trust) (Verified, error) {
	v := verifier{trust: trust, witnessed: map[uint64][]Head{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), 4<<20)
	for n := 0; lines.Scan(); n++ {
		var err error
		if n == 0 {
			err = v.open(lines.Bytes())
		} else {
			err = v.line(lines.Bytes())
		}
		if err != nil {
			return v.out, err
		}
	}
	if err := lines.Err(); err != nil {
		return v.out, fmt.Errorf("ledger: read export: %w", err)
	}
	return v.out, v.close()
}

var errSpelling = errors.New("ledger: not as the program writes it")

type verifier struct {
	trust     Trust
	out       Verified
	keys      note.Verifiers
	tree      Tree
	prev      Hash
	witnessed map[uint64][]Head
	opened    bool
}

func (v *verifier) open(b []byte) error {
	var o opening
	if err := strict(b, &o); err != nil || o.Jiangtai != "ledger" || o.Format != 1 {
		return &Tampered{Reason: "the first line is not an export's opening"}
	}
	id, ok := parseUUID(o.Ledger)
	key, err := publicKey(o.Key)
	if !ok || err != nil || ID(id).String() != o.Ledger {
		return &Tampered{Reason: "the opening names no ledger or no key"}
	}
	v.out.Opening = Opening{Ledger: id, Size: o.Size, Key: o.Key}
	if v.keys = v.trust.Keys; v.keys == nil {
		v.keys = note.VerifierList(key)
	} else if known, err := v.keys.Verifier(key.Name(), key.KeyHash()); err != nil || known == nil {
		return &Tampered{Reason: "the opening names a key that is not known"}
	}
	for _, msg := range v.trust.Heads {
		h, err := OpenHead(msg, v.keys)
		if err != nil || h.Ledger != v.out.Ledger {
			return &Tampered{Reason: "a head from elsewhere is not of this ledger or key"}
		}
		v.witnessed[h.Size] = append(v.witnessed[h.Size], h)
	}
	v.prev = Genesis(v.out.Ledger)
	v.opened = true
	return nil
}

func (v *verifier) line(b []byte) error {
	next := v.tree.Size() + 1
	var l line
	if err := strict(b, &l); err != nil {
		return &Tampered{Seq: next, Reason: "its line cannot be read"}
	}
	switch {
	case l.Head != "":
		return v.head(l.Head)
	case l.Seq == 0:
		return v.text(l, next)
	default:
		return v.record(l, next)
	}
}

func (v *verifier) record(l line, next uint64) error {
	if l.Seq != next {
		return &Tampered{Seq: next, Reason: fmt.Sprintf("record %d stands in its place", l.Seq)}
	}
	h := Chain(v.prev, l.Body)
	if !bytes.Equal(h[:], l.Hash) {
		return &Tampered{Seq: next, Reason: "its hash is not that of its body and the record before"}
	}
	if v.trust.Body != nil {
		if err := v.trust.Body(next, l.Body); err != nil {
			return &Tampered{Seq: next, Reason: err.Error()}
		}
	}
	v.tree.Add(h)
	v.prev = h
	for _, w := range v.witnessed[next] {
		if root, err := v.tree.Root(next); err != nil || root != w.Root || h != w.Chain {
			return &Tampered{Seq: v.out.Last.Size + 1, Reason: fmt.Sprintf("the head seen elsewhere for %d records is another", next)}
		}
	}
	delete(v.witnessed, next)
	return nil
}

func (v *verifier) text(l line, next uint64) error {
	id, ok := parseUUID(l.MarkID)
	if h := TextHash(id, l.Text); !ok || !bytes.Equal(h[:], l.Hash) {
		return &Tampered{Seq: max(next, 2) - 1, Reason: "its remark is not the one whose hash it carries"}
	}
	v.out.Texts++
	return nil
}

func (v *verifier) head(msg string) error {
	size := v.tree.Size()
	h, err := OpenHead(msg, v.keys)
	if err != nil {
		return &Tampered{Seq: size, Reason: "the signature of its head does not hold"}
	}
	if h.Size != size {
		// Records before this head are gone, or were put in.
		return &Tampered{Seq: min(size, h.Size) + 1, Reason: fmt.Sprintf("its head is signed for %d records and %d are here", h.Size, size)}
	}
	root, err := v.tree.Root(size)
	if err != nil || h.Ledger != v.out.Ledger || h.Root != root || h.Chain != v.prev {
		// All hashes were made anew; what the last good head covers still holds.
		return &Tampered{Seq: v.out.Last.Size + 1, Reason: fmt.Sprintf("the head signed for %d records is another", size)}
	}
	v.out.Last = h
	v.out.Heads++
	return nil
}

func (v *verifier) close() error {
	size := v.tree.Size()
	switch {
	case !v.opened:
		return &Tampered{Reason: "it is empty"}
	case size != v.out.Size:
		return &Tampered{Seq: size + 1, Reason: fmt.Sprintf("%d records are announced and %d are here", v.out.Size, size)}
	case size != v.out.Last.Size:
		return &Tampered{Seq: v.out.Last.Size + 1, Reason: "no signed head covers it"}
	}
	for n := range v.witnessed {
		if n > size {
			return &Tampered{Seq: size + 1, Reason: fmt.Sprintf("a head seen elsewhere covers %d records and %d are here", n, size)}
		}
	}
	return nil
}

func strict(b []byte, into any) error {
	if err := json.Unmarshal(b, into); err != nil {
		return err
	}
	// Written again it must be the same bytes: JSON has many spellings of one
	// value, and a changed bit must not hide behind one of them.
	again, err := json.Marshal(into)
	if err == nil && !bytes.Equal(again, b) {
		err = errSpelling
	}
	return err
}
