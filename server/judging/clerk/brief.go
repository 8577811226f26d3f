package clerk

import (
	"encoding/binary"
	"errors"

	"jiangtai/scoring"
	"jiangtai/scoring/record"
)

// cellSize is what a snapshot has of a record beside its line: of what was given for a
// cell all that the board needs, of others that there is one.
const cellSize = 16

// brief is a ledger's records as a snapshot has them.
type brief struct {
	cells, words, others []byte
	known                map[string]uint32
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

func (f *brief) add(body []byte, r *scoring.Record) {
	var b [cellSize]byte
	if aspect := f.word(r.Aspect); isGiven(r.Kind) && aspect < maxAspects {
		b[0], b[1], b[2] = byte(r.Kind), r.Attempt, r.Round
		binary.LittleEndian.PutUint16(b[4:], uint16(r.Chair))
		binary.LittleEndian.PutUint16(b[6:], uint16(aspect))
		binary.LittleEndian.PutUint32(b[8:], uint32(r.Entry))
		binary.LittleEndian.PutUint32(b[12:], f.word(r.Value))
	} else {
		f.others = append(binary.AppendUvarint(f.others, uint64(len(body))), body...)
	}
	f.cells = append(f.cells, b[:]...)
}

// word is the place of a text among the words.
func (f *brief) word(text string) uint32 {
	if f.known == nil {
		f.known = map[string]uint32{}
	}
	at, ok := f.known[text]
	if !ok {
		at = uint32(len(f.known))
		f.known[text] = at
		f.words = append(binary.AppendUvarint(f.words, uint64(len(text))), text...)
	}
	return at
}

var errBrief = errors.New("its parts do not fit each other")

// recall has the board recall what a brief says; the lines have the mark ids.
func recall(b *scoring.Board, l *lines, cells, words, others []byte) error {
	texts, err := split(words)
	if err != nil {
		return err
	}
	var reader record.Reader
	for seq := uint64(1); seq <= l.n; seq++ {
		c := cells[(seq-1)*cellSize : seq*cellSize]
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
				return errBrief
			}
			r = scoring.Record{Seq: seq, Command: scoring.Command{
				Kind: kind, MarkID: l.mark(seq), Attempt: c[1], Round: c[2], Chair: scoring.ChairID(binary.LittleEndian.Uint16(c[4:])),
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
		return nil, nil, errBrief
	}
	return b[used : used+int(n)], b[used+int(n):], nil
}
