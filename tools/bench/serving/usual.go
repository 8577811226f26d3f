package serving

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"sync"

	fastws "github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/websocket/v2"
)

// longest is the longest line.
const longest = 1 << 20

// each gives every line's own bytes.
func each(lines io.Reader, publish func([]byte)) error {
	s := bufio.NewScanner(lines)
	s.Buffer(nil, longest)
	for s.Scan() {
		publish(bytes.Clone(s.Bytes()))
	}
	return s.Err()
}

// queue is how many messages may wait for one connection.
const queue = 64

// crowd is everybody who is connected.
type crowd struct {
	mu  sync.RWMutex // guards all
	all map[chan *fastws.PreparedMessage]struct{}
}

// Usual serves what people write with this library: a goroutine that reads, one
// that writes, and a channel between it and the publisher.
func Usual(listener net.Listener, lines io.Reader) error {
	c := &crowd{all: map[chan *fastws.PreparedMessage]struct{}{}}
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/live", websocket.New(c.serve, websocket.Config{ReadBufferSize: 512, WriteBufferSize: 512}))
	go func() { _ = app.Listener(listener) }()
	return each(lines, c.publish)
}

func (c *crowd) publish(body []byte) {
	message, err := fastws.NewPreparedMessage(websocket.TextMessage, body)
	if err != nil {
		return
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	for room := range c.all {
		select {
		case room <- message:
		default: // who is this far behind loses messages
		}
	}
}

func (c *crowd) serve(conn *websocket.Conn) {
	if _, _, err := conn.ReadMessage(); err != nil { // the subscription
		return
	}
	room := make(chan *fastws.PreparedMessage, queue)
	written := make(chan struct{})
	go func() {
		defer close(written)
		_ = conn.WriteMessage(websocket.TextMessage, []byte(`{"at":0}`))
		for message := range room {
			if conn.WritePreparedMessage(message) != nil {
				return
			}
		}
	}()
	c.mu.Lock()
	c.all[room] = struct{}{}
	c.mu.Unlock()
	for {
		if _, _, err := conn.ReadMessage(); err != nil {
			break
		}
	}
	c.mu.Lock()
	delete(c.all, room)
	c.mu.Unlock()
	close(room)
	<-written
}
