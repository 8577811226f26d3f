package socket

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"time"

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

// visit is one connection's reading side, in a goroutine of its own.
type visit struct {
	server *Server
	in     incoming
	sink   *sink
	reader *hub.Reader
	who    visitor
	topics []*hub.Topic

	second time.Time // of the rate
	count  int
}

func newVisit(s *Server, conn net.Conn, early []byte, who visitor) *visit {
	v := &visit{server: s, sink: newSink(conn, s.cfg.Now), who: who}
	v.in = incoming{conn: conn, within: v.sink.readWithin, have: early, packs: who.packs}
	return v
}

func (v *visit) run() {
	end := v.read()
	if end.bye {
		return // the peer's close was his last word: nothing is left to read
	}
	if end.code != 0 {
		v.sink.Close(end.code)
	}
	v.linger()
}

// read goes on until the connection ends.
func (v *visit) read() ended {
	for {
		body, err := v.in.message(v.control)
		if err == nil {
			v.reader.Alive()
			err = v.allow()
		}
		if err != nil {
			var end ended
			if !errors.As(err, &end) {
				end.code = closePolicy // a flood
			}
			return end
		}
		if !v.aside(body) {
			return ended{code: closeServerError}
		}
	}
}

// aside obeys in another goroutine and waits for it, false when that panicked. A
// connection waits for hours on a stack of 2 KB; reading JSON and asking for
// topics would leave it one of 8.
func (v *visit) aside(body []byte) bool {
	done := make(chan bool, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				v.server.panicked(r)
				done <- false
			}
		}()
		v.obey(body)
		done <- true
	}()
	return <-done
}

// control answers pings and a close.
func (v *visit) control(op byte, payload []byte) error {
	switch op {
	case codePing:
		v.reader.Alive()
		v.sink.control(frame(opPong, payload))
		return v.allow()
	case codePong:
		v.reader.Alive()
		return v.allow()
	case codeClose:
		code, err := goodbye(payload)
		if err != nil {
			return err
		}
		v.sink.answerClose(code)
		return ended{bye: true}
	}
	return ended{code: closeProtocol}
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
func (v *visit) linger() {
	v.sink.readFarewell()
	_, _ = io.CopyN(io.Discard, v.in.conn, maxFarewell)
}
