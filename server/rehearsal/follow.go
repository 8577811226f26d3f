package rehearsal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/fasthttp/websocket"
)

// Follower is a spectator or official who follows topics over the WebSocket and
// builds boards from nothing but frames. It comes back when its connection
// breaks, from where it was. Safe for concurrent use; Close it.
type Follower struct {
	client *Client
	manner FollowManner
	topics []string
	cancel context.CancelFunc
	done   chan struct{}

	mu      sync.Mutex // guards what follows
	boards  map[string]*Board
	numbers map[uint32]name // of this connection: what stands for which topic
	closes  map[int]int
	broken  []error
	visits  int
	changed chan struct{} // closed at each change
}

// FollowManner is how a follower behaves; the zero value reads as fast as it can
// and stays.
type FollowManner struct {
	// CutAfter breaks the connection off after that many frames, again and again.
	CutAfter int
	// Pause is how long it thinks before it reads the next message.
	Pause time.Duration
	// Seen gets every message as it came; it must not keep the bytes. nil: nobody.
	Seen func(message []byte)
	// Away is how long it stays away before it dials again; 0 means 50 ms.
	Away time.Duration
}

var errHole = errors.New("a frame that does not continue where we are")

// Follow begins to follow topics with the client's identity until Close, or until
// ctx is done.
func (c *Client) Follow(ctx context.Context, manner FollowManner, topics ...string) *Follower {
	if manner.Away == 0 {
		manner.Away = 50 * time.Millisecond
	}
	ctx, cancel := context.WithCancel(ctx)
	f := &Follower{
		client: c, manner: manner, topics: topics, cancel: cancel, done: make(chan struct{}),
		boards: map[string]*Board{}, closes: map[int]int{}, changed: make(chan struct{}),
	}
	for _, t := range topics {
		f.boards[t] = newBoard(t)
	}
	go f.run(ctx)
	return f
}

// Close ends following and gives every promise that the server broke: holes,
// heartbeats that disagree, frames that nobody asked for.
func (f *Follower) Close() error {
	f.cancel()
	<-f.done
	f.mu.Lock()
	defer f.mu.Unlock()
	return errors.Join(f.broken...)
}

// Board is a copy of what the follower knows of a topic.
func (f *Follower) Board(topic string) Board {
	f.mu.Lock()
	defer f.mu.Unlock()
	if b := f.boards[topic]; b != nil {
		return b.clone()
	}
	return Board{Topic: topic}
}

// Closes counts the connections that the server closed, by code.
func (f *Follower) Closes() map[int]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.closes)
}

// Visits counts the connections that were made.
func (f *Follower) Visits() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.visits
}

// Await returns when the condition holds for the topic's board, or with the
// context's error and where the board was then.
func (f *Follower) Await(ctx context.Context, topic string, condition func(Board) bool) error {
	for {
		f.mu.Lock()
		b, changed := Board{}, f.changed
		if at := f.boards[topic]; at != nil {
			b = at.clone()
		}
		f.mu.Unlock()
		if condition(b) {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("%s stays at %d/%d: %w", topic, b.Epoch, b.N, ctx.Err())
		}
	}
}

func (f *Follower) run(ctx context.Context) {
	defer close(f.done)
	for ctx.Err() == nil {
		f.visit(ctx)
		Pause(ctx, f.manner.Away)
	}
}

// visit is one connection.
func (f *Follower) visit(ctx context.Context) {
	header := http.Header{"Origin": {f.client.Base}}
	if f.client.Token != "" {
		header.Set("Authorization", "Bearer "+f.client.Token)
	}
	dialer := websocket.Dialer{HandshakeTimeout: 10 * time.Second}
	conn, res, err := dialer.DialContext(ctx, "ws"+strings.TrimPrefix(f.client.Base, "http")+"/live", header)
	if res != nil {
		_ = res.Body.Close()
	}
	if err != nil {
		return // the server is away; we come back
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	if err := conn.WriteMessage(websocket.TextMessage, f.hello()); err != nil {
		return
	}
	for frames := 0; f.manner.CutAfter == 0 || frames < f.manner.CutAfter; {
		_, body, err := conn.ReadMessage()
		if err != nil {
			f.ended(err)
			return
		}
		if f.manner.Seen != nil {
			f.manner.Seen(body)
		}
		isFrame, err := f.take(body)
		if err != nil {
			f.fail(err)
			return
		}
		if isFrame {
			frames++
		}
		if f.manner.Pause > 0 && !Pause(ctx, f.manner.Pause) {
			return
		}
	}
}

// hello subscribes to all topics from where their boards are.
func (f *Follower) hello() []byte {
	type at struct {
		Epoch uint64 `json:"epoch"`
		N     uint64 `json:"n"`
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.visits++
	f.numbers = map[uint32]name{}
	from := map[string]at{}
	for t, b := range f.boards {
		from[t] = at{b.Epoch, b.N}
		b.fresh = true
	}
	body, _ := json.Marshal(map[string]any{"subscribe": f.topics, "from": from}) // plain data
	return body
}

func (f *Follower) ended(err error) {
	var closed *websocket.CloseError
	f.mu.Lock()
	defer f.mu.Unlock()
	if errors.As(err, &closed) {
		f.closes[closed.Code]++
	}
	f.tell()
}

func (f *Follower) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.broken = append(f.broken, err)
	f.tell()
}

// tell wakes who waits. The lock is held.
func (f *Follower) tell() {
	close(f.changed)
	f.changed = make(chan struct{})
}

// take reads one message; it says whether that was a frame of a topic.
func (f *Follower) take(body []byte) (isFrame bool, err error) {
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		return false, fmt.Errorf("read a frame: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	defer f.tell()
	switch {
	case m.Error != nil:
		return false, fmt.Errorf("%s: %s: %w", m.Error.Topic, m.Error.Code, errHole)
	case m.Beat != 0:
		return false, f.beat(m)
	}
	if m.Topic != "" {
		f.numbers[m.T] = name{m.Topic, m.Epoch}
	}
	at, ok := f.numbers[m.T]
	b := f.boards[at.topic]
	switch {
	case !ok:
		return false, fmt.Errorf("a frame of number %d, which nobody named: %w", m.T, errHole)
	case b == nil:
		return false, fmt.Errorf("a frame of %q, which nobody asked for: %w", at.topic, errHole)
	case m.Topic != "" && !m.Snapshot:
		return false, nil
	}
	return true, b.take(&m, at.epoch)
}

// name is what a number stands for.
type name struct {
	topic string
	epoch uint64
}

// beat holds the server's numbers against ours. A topic whose first frame of
// this connection has not come yet is not ours to compare.
func (f *Follower) beat(m message) error {
	for topic, n := range m.N {
		b := f.boards[topic]
		if b == nil || !b.fresh && b.N != n {
			return fmt.Errorf("the heartbeat says %d for %s: %w", n, topic, errHole)
		}
		if b.fresh && b.N == n {
			b.fresh = false // resumed, with nothing to tell
		}
	}
	return nil
}

// Pause lets time pass; false when ctx ended first.
func Pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
