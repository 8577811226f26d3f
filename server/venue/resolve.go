package venue

import (
	"context"
	"net/netip"
	"slices"
)

// Resolver looks a host name up, as the machines of this network do.
type Resolver func(ctx context.Context, host string) ([]netip.Addr, error)

// Direction (解析) is where a name leads and where it has to lead in the hall.
type Direction struct {
	Host      string
	Want, Has []netip.Addr
	IsRight   bool
}

// Directions says for every host name what the hall's DNS has to answer: the
// addresses of the server. Who looks up may find nothing; that is an answer.
func Directions(ctx context.Context, hosts []string, server []netip.Addr, look Resolver) []Direction {
	out := make([]Direction, 0, len(hosts))
	for _, host := range hosts {
		d := Direction{Host: host, Want: server}
		if found, err := look(ctx, host); err == nil {
			for _, a := range found {
				d.Has = append(d.Has, a.Unmap())
			}
		}
		// One address too many sends every second tablet out of the hall.
		d.IsRight = len(d.Has) > 0 && !slices.ContainsFunc(d.Has, func(a netip.Addr) bool { return !slices.Contains(server, a) })
		out = append(out, d)
	}
	return out
}
