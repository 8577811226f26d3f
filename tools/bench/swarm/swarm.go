package swarm

// Stamp stands in front of the planned time of a publication, in nanoseconds.
const Stamp = `"stamp":`

// Packed is the header with which browsers offer compression.
const Packed = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; server_no_context_takeover\r\n"

// Config says whom to connect to, how many and what they say.
type Config struct {
	Address string // host:port
	Clients int
	// Header is added to the handshake of each, with its line ends.
	Header string
	// Subscribe is the i-th client's first message.
	Subscribe func(i int) string
	// Together is how many connect at once; 0: 64.
	Together int
}
