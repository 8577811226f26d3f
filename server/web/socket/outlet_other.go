//go:build !linux

package socket

import (
	"errors"
	"net"
)

func fileOf(net.Conn) int { return noFile }

func send(int, []byte) (int, error) { return 0, errors.ErrUnsupported }
