package web

import (
	"errors"
	"log/slog"
	"net"
	"syscall"
	"time"

	"jiangtai/server/conduit"
)

// Patient makes a listener that waits where the machine has no room for another
// connection. The framework takes any error of Accept for the listener's end, and
// the program would end with it, as soon as somebody opens connections enough.
func Patient(ln net.Listener, log *slog.Logger) net.Listener { return &patient{Listener: ln, log: log} }

type patient struct {
	net.Listener
	log *slog.Logger

	// Of Accept's caller, who is one.
	quiet  <-chan time.Time // ends a minute after it was told; nil: it never was
	untold int
}

const (
	firstBreath = 5 * time.Millisecond
	longBreath  = time.Second
)

// Accept is net.Listener's.
func (p *patient) Accept() (net.Conn, error) {
	for wait := firstBreath; ; wait = min(2*wait, longBreath) {
		c, err := p.Listener.Accept()
		switch {
		case err == nil:
			return conduit.Direct(c), nil
		case !passes(err):
			return nil, err
		}
		p.tell(err)
		<-time.After(wait)
	}
}

// tell says it once a minute: somebody who opens connections without end would write
// hundreds of lines a second.
func (p *patient) tell(err error) {
	p.untold++
	if p.quiet != nil {
		select {
		case <-p.quiet:
		default:
			return
		}
	}
	p.log.Warn("no room for another connection", "times", p.untold, "error", err)
	p.quiet, p.untold = time.After(quietFor), 0
}

// passes says that an error is the moment's and not the listener's.
func passes(err error) bool {
	for _, e := range []error{
		syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED, syscall.ECONNRESET,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
