package conduit

import "net"

// Direct gives the connection with direct calls; another than a plain TCP or Unix one as
// it is. The given one is not to be used any more, but by who takes it back with Bare.
func Direct(c net.Conn) net.Conn { return direct(c) }

// Bare is the connection that Direct was given; any other as it is.
func Bare(c net.Conn) net.Conn {
	if d, ok := c.(interface{ bare() net.Conn }); ok {
		return d.bare()
	}
	return c
}
