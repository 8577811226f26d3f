package hub

import "sync"

// form is how frames look on the wire to a reader.
type form uint8

const (
	plain form = iota
	packedForm
)

// wire is one payload as it goes out, in both forms. The packed one is made when the
// first reader asks for it: where nobody does it costs nothing. Safe for concurrent
// use.
type wire struct {
	plain []byte

	once    sync.Once
	hub     *Hub
	payload []byte // until it is packed
	packed  []byte
}

func newWire(h *Hub, payload []byte) *wire {
	return &wire{plain: h.cfg.Wrap(payload), hub: h, payload: payload}
}

func (w *wire) in(f form) []byte {
	if f == plain {
		return w.plain
	}
	w.once.Do(func() { w.packed, w.payload = w.hub.cfg.Pack(w.payload), nil })
	return w.packed
}
