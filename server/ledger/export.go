package ledger

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// An export is lines of JSON: an opening line, then every record in order, and
// after the last record of a commit its signed head.
type (
	opening struct {
		Jiangtai string `json:"jiangtai"` // always "ledger"
		Format   int    `json:"format"`   // 1
		Ledger   string `json:"ledger"`
		Size     uint64 `json:"size"`
		Key      string `json:"key"`
	}
	line struct {
		Seq    uint64 `json:"seq,omitempty"`
		MarkID string `json:"mark_id,omitempty"` // of a remark
		Hash   []byte `json:"hash,omitempty"`
		Body   []byte `json:"body,omitempty"`
		Head   string `json:"head,omitempty"`
		Text   string `json:"text,omitempty"`
	}
)

// Export writes a ledger for Verify. Not safe for concurrent use; Close it.
type Export struct {
	w   *bufio.Writer
	enc *json.Encoder
}

// Opening is the first line of an export: only what the signed heads bear out.
// Key is the public key; whoever verifies should know it from elsewhere.
type Opening struct {
	Ledger ID
	Size   uint64
	Key    string
}

// NewExport begins an export.
func NewExport(w io.Writer, o Opening) (*Export, error) {
	b := bufio.NewWriterSize(w, 64<<10)
	e := &Export{w: b, enc: json.NewEncoder(b)}
	return e, e.put(opening{
		Jiangtai: "ledger", Format: 1, Ledger: o.Ledger.String(), Size: o.Size, Key: o.Key,
	})
}

// Record writes one record.
func (e *Export) Record(seq uint64, h Hash, body []byte) error {
	return e.put(line{Seq: seq, Hash: h[:], Body: body})
}

// Head writes a signed head, after the last record that it covers.
func (e *Export) Head(note string) error { return e.put(line{Head: note}) }

// Text writes a remark, after the record that carries its hash.
func (e *Export) Text(markID [16]byte, text string) error {
	h := TextHash(markID, text)
	return e.put(line{MarkID: ID(markID).String(), Hash: h[:], Text: text})
}

// Close writes what is still in the buffer; it does not close the writer.
func (e *Export) Close() error {
	if err := e.w.Flush(); err != nil {
		return fmt.Errorf("ledger: write export: %w", err)
	}
	return nil
}

func (e *Export) put(v any) error {
	if err := e.enc.Encode(v); err != nil {
		return fmt.Errorf("ledger: write export: %w", err)
	}
	return nil
}
