package swarm

// Stamp stands in front of the planned time of a publication, in nanoseconds.
const Stamp = `"stamp":`

// Config says whom to connect to, how many and what they say.
type Config struct {
	Address string // host:port
	Clients int
	// Header is added to the handshake of each, with its line ends.
	Header string
	// Subscribe is each client's first message.
	Subscribe string
	// Together is how many connect at once; 0: 64.
	Together int
}
