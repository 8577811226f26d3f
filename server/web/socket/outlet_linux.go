package socket

import (
	"net"
	"syscall"
	"unsafe"
)

// fileOf is the descriptor of a plain TCP connection, noFile of any other.
func fileOf(conn net.Conn) int {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return noFile
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return noFile
	}
	file := noFile
	if raw.Control(func(fd uintptr) { file = int(fd) }) != nil {
		return noFile
	}
	limitBuffer(tcp)
	return file
}

// send takes what the kernel has room for and never waits. The raw call tells the
// scheduler nothing, which a call that cannot block need not.
func send(file int, b []byte) (int, error) {
	for {
		n, _, errno := syscall.RawSyscall6(syscall.SYS_SENDTO, uintptr(file),
			uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)),
			syscall.MSG_DONTWAIT|syscall.MSG_NOSIGNAL, 0, 0)
		switch errno {
		case 0:
			return int(n), nil
		case syscall.EINTR:
		case syscall.EAGAIN:
			return 0, nil
		default:
			return 0, errno
		}
	}
}
