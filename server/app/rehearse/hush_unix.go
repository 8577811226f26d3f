//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package rehearse

import "golang.org/x/sys/unix"

// hush keeps a terminal from showing what is typed; end makes it show it again. Of
// what is no terminal nothing is changed.
func hush(fd uintptr) (end func()) {
	was, err := unix.IoctlGetTermios(int(fd), getTermios)
	if err != nil {
		return func() {}
	}
	quiet := *was
	quiet.Lflag &^= unix.ECHO
	quiet.Lflag |= unix.ICANON | unix.ISIG
	if unix.IoctlSetTermios(int(fd), setTermios, &quiet) != nil {
		return func() {}
	}
	return func() { _ = unix.IoctlSetTermios(int(fd), setTermios, was) }
}
