package ledger

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// Receipt (回执) says that a record is in the ledger: its place, its hash, the
// signed head of its commit and the path from the one to the other.
type Receipt struct {
	MarkID [16]byte
	Seq    uint64
	Hash   Hash
	At     int64 // unix nanoseconds
	Head   string
	Path   []Hash
}

const receiptTime = "2006-01-02T15:04:05.000000000Z"

// AppendJSON writes the receipt. Equal receipts are equal bytes: the order of
// fields and every spelling is fixed.
func (r Receipt) AppendJSON(b []byte) []byte {
	b = append(b, `{"mark_id":"`...)
	b = appendUUID(b, r.MarkID)
	b = append(b, `","seq":`...)
	b = strconv.AppendUint(b, r.Seq, 10)
	b = append(b, `,"hash":"`...)
	b = hex.AppendEncode(b, r.Hash[:])
	b = append(b, `","at":"`...)
	b = appendTime(b, r.At)
	b = append(b, `","head":"`...)
	// A note is lines of text without quotes, backslashes or controls.
	for line, rest, more := strings.Cut(r.Head, "\n"); ; line, rest, more = strings.Cut(rest, "\n") {
		b = append(b, line...)
		if !more {
			break
		}
		b = append(b, `\n`...)
	}
	b = append(b, `","path":[`...)
	for i, h := range r.Path {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = base64.StdEncoding.AppendEncode(b, h[:])
		b = append(b, '"')
	}
	return append(b, `]}`...)
}

// appendTime writes unix nanoseconds as receiptTime says: the general way costs as much
// as the rest of a short receipt.
func appendTime(b []byte, nanos int64) []byte {
	t := time.Unix(0, nanos).UTC()
	year, month, day := t.Date()
	if year < 1000 || year > 9999 {
		return t.AppendFormat(b, receiptTime)
	}
	hour, minute, second := t.Clock()
	for _, part := range [...]struct {
		value, digits int
		sign          byte
	}{{year, 4, '-'}, {int(month), 2, '-'}, {day, 2, 'T'}, {hour, 2, ':'}, {minute, 2, ':'}, {second, 2, '.'}, {t.Nanosecond(), 9, 'Z'}} {
		var room [9]byte
		for i := part.digits - 1; i >= 0; i-- {
			room[i] = '0' + byte(part.value%10)
			part.value /= 10
		}
		b = append(append(b, room[:part.digits]...), part.sign)
	}
	return b
}

// MarshalJSON is AppendJSON.
func (r Receipt) MarshalJSON() ([]byte, error) {
	return r.AppendJSON(make([]byte, 0, 512+48*len(r.Path))), nil
}

// UnmarshalJSON reads what AppendJSON wrote, and nothing else.
func (r *Receipt) UnmarshalJSON(b []byte) error {
	var in struct {
		MarkID string   `json:"mark_id"`
		Seq    uint64   `json:"seq"`
		Hash   string   `json:"hash"`
		At     string   `json:"at"`
		Head   string   `json:"head"`
		Path   [][]byte `json:"path"`
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return err
	}
	id, ok := parseUUID(in.MarkID)
	hash, err := hex.DecodeString(in.Hash)
	at, timeErr := time.Parse(receiptTime, in.At)
	if !ok || err != nil || len(hash) != len(Hash{}) || timeErr != nil {
		return errors.New("ledger: not a receipt")
	}
	out := Receipt{MarkID: id, Seq: in.Seq, Hash: Hash(hash), At: at.UnixNano(), Head: in.Head}
	for _, p := range in.Path {
		if len(p) != len(Hash{}) {
			return errors.New("ledger: not a receipt's path")
		}
		out.Path = append(out.Path, Hash(p))
	}
	*r = out
	return nil
}

// Verify checks the receipt by itself: the head is signed by a known key and
// the record's hash is at its place under the head.
func (r Receipt) Verify(known note.Verifiers) (Head, error) {
	h, err := OpenHead(r.Head, known)
	if err != nil {
		return Head{}, err
	}
	if r.Seq == 0 || r.Seq > h.Size {
		return Head{}, errors.New("ledger: the receipt's head does not reach its record")
	}
	return h, checkPath(r.Path, h.Size, h.Root, r.Seq, r.Hash)
}
