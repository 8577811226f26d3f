package brief

import (
	"encoding/binary"
	"errors"

	"jiangtai/scoring"
	"jiangtai/scoring/record"
)

// CellSize is what a snapshot has of a record beside its line: of what was given for a
// cell all that the board needs, of others that there is one.
const CellSize = 16

// Brief is a ledger's records in brief. The zero Brief has none.
type Brief struct {
	Cells  []byte // CellSize of each record, zeros of those that are among the others
	Words  []byte // texts, each behind its length
	Others []byte // bodies, each behind its length
	known  map[string]uint32
}

// isGiven says whether a record is short in a snapshot.
func isGiven(k scoring.Kind) bool {
	switch k {
	case scoring.Mark, scoring.NotPerformed, scoring.Absent, scoring.Withdraw, scoring.Finish:
		return true
	}
	return false
}

// maxAspects is how many different texts can be an aspect's id.
const maxAspects = 1 << 16

// Add says the next record.
func (f *Brief) Add(body []byte, r *scoring.Record) {
	var b [CellSize]byte
	if aspect := f.word(r.Aspect); isGiven(r.Kind) && aspect < maxAspects {
		b[0], b[1], b[2] = byte(r.Kind), r.Attempt, r.Round
		binary.LittleEndian.PutUint16(b[4:], uint16(r.Chair))
		binary.LittleEndian.PutUint16(b[6:], uint16(aspect))
		binary.LittleEndian.PutUint32(b[8:], uint32(r.Entry))
		binary.LittleEndian.PutUint32(b[12:], f.word(r.Value))
	} else {
		f.Others = append(binary.AppendUvarint(f.Others, uint64(len(body))), body...)
	}
	f.Cells = append(f.Cells, b[:]...)
}

// word is the place of a text among the words.
func (f *Brief) word(text string) uint32 {
	if f.known == nil {
		f.known = map[string]uint32{}
	}
	at, ok := f.known[text]
	if !ok {
		at = uint32(len(f.known))
		f.known[text] = at
		f.Words = append(binary.AppendUvarint(f.Words, uint64(len(text))), text...)
	}
	return at
}

// ErrParts says that it is no brief of so many records.
var ErrParts = errors.New("its parts do not fit each other")

// Recall has the board recall what is said of n records, whose mark ids are asked for.
// The error is ErrParts, or the board's own: then the board is of no use.
func (f *Brief) Recall(b *scoring.Board, n uint64, mark func(seq uint64) scoring.ID) error {
	if n > uint64(len(f.Cells)) || uint64(len(f.Cells)) != n*CellSize {
		return ErrParts
	}
	cells, others := f.Cells, f.Others
	texts, err := split(f.Words)
	if err != nil {
		return err
	}
	var reader record.Reader
	for seq := uint64(1); seq <= n; seq++ {
		c := cells[(seq-1)*CellSize : seq*CellSize]
		var r scoring.Record
		if kind := scoring.Kind(c[0]); kind == scoring.NoKind {
			body, rest, err := cut(others)
			if err != nil {
				return err
			}
			if r, err = reader.Parse(body); err != nil {
				return err
			}
			others = rest
		} else {
			aspect, value := binary.LittleEndian.Uint16(c[6:]), binary.LittleEndian.Uint32(c[12:])
			if int(aspect) >= len(texts) || uint64(value) >= uint64(len(texts)) || !isGiven(kind) {
				return ErrParts
			}
			r = scoring.Record{Seq: seq, Command: scoring.Command{
				Kind: kind, MarkID: mark(seq), Attempt: c[1], Round: c[2], Chair: scoring.ChairID(binary.LittleEndian.Uint16(c[4:])),
				Aspect: texts[aspect], Entry: scoring.EntryID(binary.LittleEndian.Uint32(c[8:])), Value: texts[value],
			}}
		}
		if err := b.Recall(r); err != nil {
			return err
		}
	}
	return nil
}

func split(words []byte) (list []string, err error) {
	for len(words) > 0 {
		var one []byte
		if one, words, err = cut(words); err != nil {
			return nil, err
		}
		list = append(list, string(one))
	}
	return list, nil
}

// cut takes the first of several that begin with their length.
func cut(b []byte) (one, rest []byte, err error) {
	n, used := binary.Uvarint(b)
	if used <= 0 || n > uint64(len(b)-used) {
		return nil, nil, ErrParts
	}
	return b[used : used+int(n)], b[used+int(n):], nil
}
