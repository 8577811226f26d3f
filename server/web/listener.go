package web

import (
	"errors"
	"log/slog"
	"net"
	"syscall"
	"time"
)

// Patient makes a listener that waits where the machine has no room for another
// connection. The framework takes any error of Accept for the listener's end, and
// the program would end with it, as soon as somebody opens connections enough.
func Patient(ln net.Listener, log *slog.Logger) net.Listener { return &patient{ln, log} }

type patient struct {
	net.Listener
	log *slog.Logger
}

const (
	firstBreath = 5 * time.Millisecond
	longBreath  = time.Second
)

// Accept is net.Listener's. Connections come out as they are: the socket knows
// what to do with a bare one.
func (p *patient) Accept() (net.Conn, error) {
	for wait := firstBreath; ; wait = min(2*wait, longBreath) {
		c, err := p.Listener.Accept()
		if err == nil || !passes(err) {
			return c, err
		}
		p.log.Error("no room for another connection", "error", err)
		<-time.After(wait)
	}
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
