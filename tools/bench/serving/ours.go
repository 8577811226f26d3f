package serving

import (
	"bytes"
	"context"
	"io"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/hub"
	"jiangtai/server/web"
	"jiangtai/server/web/socket"
)

const topicName = "bench"

// board is how much more a snapshot weighs than a change: about as much as one of 60
// rows.
const board = 6 << 10

// ours has one topic; its snapshot is its newest frame and what else a board holds.
type ours struct {
	topic *hub.Topic

	mu     sync.Mutex // guards the rest
	n      uint64
	newest []byte
}

func (o *ours) Snapshot() (uint64, []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.n, append(bytes.Clone(o.newest), bytes.Repeat([]byte(" "), board)...)
}

func (o *ours) Find(_ context.Context, _ contest.Actor, name string) (*hub.Topic, error) {
	if name != topicName {
		return nil, fiber.ErrNotFound
	}
	return o.topic, nil
}

func (o *ours) publish(body []byte) {
	o.mu.Lock()
	o.n++
	o.newest = body
	n := o.n
	o.mu.Unlock()
	o.topic.Publish(n-1, n, body)
}

// Ours serves the program's live path on the listener and publishes each line that
// comes in.
func Ours(listener net.Listener, lines io.Reader) error {
	beat := func(now time.Time, _ []hub.Mark) []byte {
		return strconv.AppendInt([]byte(`{"beat":`), now.UnixNano(), 10)
	}
	h := hub.New(hub.Config{Now: time.Now, Wrap: socket.Text, Pack: socket.PackedText, Beat: beat, Ping: socket.Ping()})
	o := &ours{newest: []byte(`{"at":0}`)}
	o.topic = h.NewTopic(topicName, hub.At{Epoch: 1}, o)
	app := web.New(web.Config{Now: time.Now, Connections: 20_000})
	socket.New(socket.Config{Hub: h, Topics: o, Now: time.Now}).Mount(app)
	go func() { _ = app.Listener(listener) }()
	return each(lines, o.publish)
}
