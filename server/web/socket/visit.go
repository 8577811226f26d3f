package socket

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"time"
	"unicode/utf8"

	fastws "github.com/fasthttp/websocket"
	"github.com/gofiber/websocket/v2"

	"jiangtai/server/fault"
	"jiangtai/server/hub"
	"jiangtai/server/web"
)

const (
	// A message must be whole this long after its first byte: fragments without
	// end are no way to keep a goroutine.
	patience = 5 * time.Second
	// Messages and control frames a second.
	maxRate = 50
	// Topics of one connection, and characters of a topic's name.
	maxTopics, maxName = 256, 100
	// What a closing connection may still send us.
	maxFarewell = 1 << 20
	findWithin  = 10 * time.Second
)

var errFlood = errors.New("socket: too many messages")

// visit is one connection's reading side, in the library's goroutine.
type visit struct {
	server *Server
	conn   *websocket.Conn
	sink   *sink
	reader *hub.Reader
	who    visitor
	topics []*hub.Topic

	second time.Time // of the rate
	count  int
}

func (v *visit) run() {
	v.conn.SetReadLimit(maxMessage)
	v.conn.SetPingHandler(func(data string) error {
		v.reader.Alive()
		v.sink.control(frame(opPong, []byte(data)))
		return v.allow()
	})
	v.conn.SetPongHandler(func(string) error {
		v.reader.Alive()
		return v.allow()
	})
	v.conn.SetCloseHandler(func(code int, _ string) error {
		v.sink.answerClose(code)
		return nil
	})
	code, bye := v.read()
	if bye {
		return // the peer's close was his last word: nothing is left to read
	}
	if code != 0 {
		v.sink.Close(code)
	}
	linger(v.conn, v.sink)
}

// read goes on until the connection ends. It says with which code we end it, 0
// when the library did, and whether the peer said goodbye.
func (v *visit) read() (code int, bye bool) {
	for {
		kind, r, err := v.conn.NextReader()
		if err != nil {
			return codeOf(err)
		}
		v.sink.readWithin(patience)
		body, err := io.ReadAll(r)
		if err != nil {
			return codeOf(err)
		}
		v.sink.readWithin(0)
		v.reader.Alive()
		switch {
		case v.allow() != nil:
			return closePolicy, false
		case kind == websocket.BinaryMessage:
			return closeBinary, false
		case !utf8.Valid(body):
			return closeNotUTF8, false
		}
		v.obey(body)
	}
}

func codeOf(err error) (code int, bye bool) {
	var closed *fastws.CloseError
	var timeout net.Error
	switch {
	case errors.As(err, &closed):
		return 0, closed.Code != closeAbnormal
	case errors.Is(err, errFlood), errors.As(err, &timeout) && timeout.Timeout():
		return closePolicy, false
	}
	return 0, false
}

// allow counts what comes in.
func (v *visit) allow() error {
	now := v.server.cfg.Now()
	if now.Sub(v.second) >= time.Second {
		v.second, v.count = now, 0
	}
	if v.count++; v.count > maxRate {
		return errFlood
	}
	return nil
}

func (v *visit) obey(body []byte) {
	m, at, err := parse(body)
	if err != nil {
		v.reader.Send(errorFrame(fault.New(fault.Malformed, "live.message"), ""))
		return
	}
	for _, name := range m.Unsubscribe {
		v.topics = slices.DeleteFunc(v.topics, func(t *hub.Topic) bool {
			if t.Name() == name {
				v.reader.Unsubscribe(t)
				return true
			}
			return false
		})
	}
	for _, name := range m.Subscribe {
		v.subscribe(name, at.at(name))
	}
}

func (v *visit) subscribe(name string, at hub.At) {
	i := slices.IndexFunc(v.topics, func(t *hub.Topic) bool { return t.Name() == name })
	switch {
	case len(name) > maxName:
		v.reader.Send(errorFrame(fault.New(fault.Missing, "live.missing"), name[:maxName]))
		return
	case i < 0 && len(v.topics) >= maxTopics:
		v.reader.Send(errorFrame(fault.New(fault.Refused, "live.too_many"), name))
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), findWithin)
	defer cancel()
	t, err := v.server.cfg.Topics.Find(ctx, v.who.actor, name)
	if err != nil {
		v.refuse(err, name)
		return
	}
	// A topic can be made anew (an event removed and restored): the old one goes.
	switch {
	case i < 0:
		v.topics = append(v.topics, t)
	case v.topics[i] != t:
		v.reader.Unsubscribe(v.topics[i])
		v.topics[i] = t
	}
	v.reader.Subscribe(t, at)
}

func (v *visit) refuse(err error, name string) {
	err = web.LiveFault(err)
	if v.who.stale && fault.Code(err) == "live.missing" {
		// What he asks for may be his once he has signed in again.
		v.sink.Close(CloseSignIn)
		return
	}
	v.reader.Send(errorFrame(err, name))
}

// linger reads on until the peer has seen our close: a connection closed with
// unread bytes is reset, and the code with it.
func linger(conn *websocket.Conn, k *sink) {
	k.readFarewell()
	_, _ = io.CopyN(io.Discard, conn.NetConn(), maxFarewell)
}
