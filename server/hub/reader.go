package hub

import (
	"sync/atomic"
	"time"
)

// Reader is a sink that joined. Its methods leave orders and return at once;
// they are safe for concurrent use, and do nothing after Leave.
type Reader struct {
	sink  Sink
	shard *shard
	form  form
	heard atomic.Int64 // unix nanoseconds

	// The rest belongs to the shard's goroutine.
	slot      uint8
	state     readerState
	tries     uint8
	visits    uint8
	index     int // in its slot
	subs      []*sub
	pending   [][]byte
	sentTick  uint32
	retryTick uint32
}

type readerState uint8

const (
	fresh   readerState = iota // not yet joined: the order is on its way
	ready                      // the sink takes bytes
	waiting                    // the sink was full
	leaving                    // closed by us; its owner will Leave
	left
)

// sub is a reader's cursor in a topic.
type sub struct {
	reader *Reader
	group  *group
	index  int // in its group
	n      uint64
	gen    uint32 // 0: needs a snapshot
	// nameless until the reader was told the topic's number
	nameless bool
}

// group is a shard's readers of one topic.
type group struct {
	topic *Topic
	subs  []*sub
	rests time.Time // until then nothing is delivered to it
}

// Subscribe puts a cursor at the place, or anew where there is one already. Who
// is where the topic is gets a beat, others what they miss.
func (r *Reader) Subscribe(t *Topic, from At) {
	r.shard.order(order{kind: orderSubscribe, reader: r, topic: t, at: from})
}

// Unsubscribe takes the cursor away.
func (r *Reader) Unsubscribe(t *Topic) {
	r.shard.order(order{kind: orderUnsubscribe, reader: r, topic: t})
}

// Send writes wire bytes to this reader alone, before what else waits for him.
func (r *Reader) Send(b []byte) { r.shard.order(order{kind: orderSend, reader: r, bytes: b}) }

// Alive says that the other end was heard from.
func (r *Reader) Alive() { r.heard.Store(r.shard.hub.cfg.Now().UnixNano()) }

// Leave ends the reader. A round that runs may still call the sink: that must
// answer Gone by then.
func (r *Reader) Leave() { r.shard.order(order{kind: orderLeave, reader: r}) }

func (r *Reader) isSilent(now time.Time, silence time.Duration) bool {
	return now.UnixNano()-r.heard.Load() > int64(silence)
}

func (r *Reader) find(t *Topic) *sub {
	for _, s := range r.subs {
		if s.group.topic == t {
			return s
		}
	}
	return nil
}
