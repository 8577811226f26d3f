//go:build !linux

package socket

import (
	"net"
	"time"
)

func newOutlet(conn net.Conn, now func() time.Time) outlet { return newQueued(bare(conn), now) }
