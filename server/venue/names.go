package venue

import (
	"net"
	"net/netip"
	"slices"
	"strings"

	"jiangtai/server/fault"
)

// Names are what tablets call the server (域名与地址), without duplicates, in the
// order they were given.
type Names struct {
	Hosts     []string // lower case, such as score.example.cn
	Addresses []netip.Addr
}

// ReadNames reads host names and IP addresses. Each that no certificate can hold is a
// field venue.name at path/i; none at all is venue.no_names.
func ReadNames(path string, list []string) (n Names, wrong []fault.Field) {
	for _, text := range list {
		text = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(text), "."))
		a, err := netip.ParseAddr(text)
		switch {
		case err == nil && isAddress(a):
			if a = a.Unmap(); !slices.Contains(n.Addresses, a) {
				n.Addresses = append(n.Addresses, a)
			}
		case err != nil && isHost(text):
			if !slices.Contains(n.Hosts, text) {
				n.Hosts = append(n.Hosts, text)
			}
		default:
			wrong = append(wrong, fault.At(path, "venue.name", text))
		}
	}
	if len(list) == 0 {
		wrong = append(wrong, fault.At(path, "venue.no_names", ""))
	}
	return n, wrong
}

// Main is what people are told to type: the first name, else the first address.
func (n Names) Main() string {
	switch {
	case len(n.Hosts) > 0:
		return n.Hosts[0]
	case len(n.Addresses) > 0 && n.Addresses[0].Is6():
		return "[" + n.Addresses[0].String() + "]"
	case len(n.Addresses) > 0:
		return n.Addresses[0].String()
	}
	return ""
}

// List is all of them as text.
func (n Names) List() []string {
	out := slices.Clone(n.Hosts)
	for _, a := range n.Addresses {
		out = append(out, a.String())
	}
	return out
}

func (n Names) ips() []net.IP {
	out := make([]net.IP, len(n.Addresses))
	for i, a := range n.Addresses {
		out[i] = a.AsSlice()
	}
	return out
}

func isAddress(a netip.Addr) bool {
	return a.Zone() == "" && !a.IsUnspecified() && !a.IsMulticast()
}

// isHost takes letters, digits and hyphens: a Chinese name has such a form, too
// (xn--…), and only that stands in certificates.
func isHost(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	labels := strings.Split(s, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') {
				return false
			}
		}
	}
	// 10.1.2.300 is a mistyped address and no name.
	last := labels[len(labels)-1]
	return strings.Trim(last, "0123456789") != ""
}
