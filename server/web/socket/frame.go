package socket

import "encoding/binary"

const (
	opText  = 0x81
	opClose = 0x88
	opPing  = 0x89
	opPong  = 0x8A
)

// Text frames a payload as one text message from a server. The bytes are the
// same for all readers.
func Text(payload []byte) []byte { return frame(opText, payload) }

// Ping is a ping frame without data, for hub.Config.Ping.
func Ping() []byte { return frame(opPing, nil) }

func closing(code int) []byte {
	return frame(opClose, binary.BigEndian.AppendUint16(nil, uint16(code)))
}

func frame(op byte, payload []byte) []byte {
	n := len(payload)
	b := make([]byte, 0, n+10)
	switch {
	case n < 126:
		b = append(b, op, byte(n))
	case n < 1<<16:
		b = append(b, op, 126)
		b = binary.BigEndian.AppendUint16(b, uint16(n))
	default:
		b = append(b, op, 127)
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	return append(b, payload...)
}
