//go:build !linux || race

package conduit

import "net"

func direct(c net.Conn) net.Conn { return c }
