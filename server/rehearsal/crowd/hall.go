package crowd

import (
	"encoding/json"
	"fmt"
	"hash/maphash"
	"sync"

	"jiangtai/server/rehearsal/wire"
)

// Hall is one board and when its marks were sent.
type Hall struct {
	Topic string
	Taps  *Taps

	mu    sync.Mutex // guards known
	known map[uint64]*frame
}

// frame is a message as all phones of a hall share it.
type frame struct {
	Topic    string
	Epoch    uint64
	T        uint32  // stands for both
	From     *uint64 // nil: the number before To
	To       uint64
	Snapshot bool
	Head     map[string]json.RawMessage
	Rows     []*row
	Gone     []string
	Beat     int64
	N        map[string]uint64
	Error    *struct{ Code string }
}

// row is a line of a board: what is counted of it, and its bytes.
type row struct {
	K    string
	Done int
	text string
}

// UnmarshalJSON keeps the bytes as well.
func (r *row) UnmarshalJSON(b []byte) error {
	var of struct {
		K    string `json:"k"`
		Done int    `json:"done"`
	}
	if err := json.Unmarshal(b, &of); err != nil {
		return err
	}
	*r = row{of.K, of.Done, string(b)}
	return nil
}

var seed = maphash.MakeSeed()

// remembered is how many messages a hall keeps: phones that read them later than
// the others decode them again.
const remembered = 256

// open decodes a message, once for all who get it.
func (h *Hall) open(m wire.Message) (*frame, error) {
	key := maphash.Bytes(seed, m.Text)
	h.mu.Lock()
	defer h.mu.Unlock()
	if f := h.known[key]; f != nil {
		return f, nil
	}
	text := m.Text
	if m.Packed {
		var err error
		if text, err = wire.Unpack(text); err != nil {
			return nil, err
		}
	}
	f := &frame{}
	if err := json.Unmarshal(text, f); err != nil {
		return nil, fmt.Errorf("read a frame: %w", err)
	}
	if h.known == nil || len(h.known) >= remembered {
		h.known = map[uint64]*frame{}
	}
	h.known[key] = f
	return f, nil
}
